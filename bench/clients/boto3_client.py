"""Takes a task as JSON, reads its objects with boto3, prints what it cost: as run-client.ts does."""

import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

task = json.loads(sys.argv[1])
client = boto3.client(
    "s3",
    endpoint_url=task["endpoint"],
    region_name=task["region"],
    aws_access_key_id=task["credentials"]["accessKeyId"],
    aws_secret_access_key=task["credentials"]["secretAccessKey"],
    verify=task["caFile"],
    config=Config(max_pool_connections=task["concurrency"], s3={"addressing_style": "path"}),
)


def read(index):
    key = f"{task['workload']}/{index:04d}.bin"
    body = client.get_object(Bucket=task["bucket"], Key=key)["Body"]
    return sum(len(chunk) for chunk in body.iter_chunks(1024 * 1024))


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_rss_mib():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return None


passes = []
process_cpu_seconds = 0
with ThreadPoolExecutor(task["concurrency"]) as pool:
    for n in range(task["passes"]):
        cpu, wall = cpu_seconds(), time.monotonic()
        total = sum(pool.map(read, range(task["objects"])))
        passes.append(
            {"cpuSeconds": cpu_seconds() - cpu, "wallSeconds": time.monotonic() - wall, "bytes": total}
        )
        if n == 0:
            process_cpu_seconds = cpu_seconds()
print(json.dumps({"passes": passes, "processCpuSeconds": process_cpu_seconds, "rssMiB": peak_rss_mib()}))
