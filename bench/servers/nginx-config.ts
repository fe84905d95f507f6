import type { BenchObject } from './bench-objects';
import type { Certificate } from './certificate';

export interface NginxSettings {
  /** Holds `data/` and `lists/`; nginx keeps everything of its own in it as well. */
  folder: string;
  user: string;
  httpPort: number;
  httpsPort: number;
  certificate: Certificate | null;
  objects: BenchObject[];
}

/**
 * Answers as S3 does where a GET is concerned: ETag, request id, and the whole object's checksum when it is
 * asked for. It checks no signature. `bench-none` and `bench-crc64nvme` are two names of the same files.
 */
export function nginxConfig(settings: NginxSettings): string {
  const { folder, user, httpPort, httpsPort, certificate, objects } = settings;
  const tls = certificate
    ? `listen 127.0.0.1:${httpsPort} ssl backlog=1024;
    ssl_certificate ${certificate.certFile};
    ssl_certificate_key ${certificate.keyFile};
    ssl_protocols TLSv1.2 TLSv1.3;`
    : '';
  return `user ${user};
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  open_file_cache max=10000 inactive=600s;
  open_file_cache_valid 600s;
  default_type binary/octet-stream;
  ${temporaryFolders(folder)}
  map_hash_max_size ${4 * objects.length + 1024};
  map_hash_bucket_size 128;
  map $http_x_amz_checksum_mode$uri $crc {
    ${objects.map(({ key, crc64nvme }) => `ENABLED/bench-crc64nvme/${key} ${crc64nvme};`).join('\n    ')}
  }
  map $crc $crc_type { "" ""; default FULL_OBJECT; }
  map $arg_prefix $list { "~^(W[0-9])(/|%2F)?" $1; default none; }
  server {
    listen 127.0.0.1:${httpPort} backlog=1024;
    ${tls}
    location / { return 404; }
    location ~ ^/bench-(?:none|crc64nvme)/(W[0-9]/[0-9]+\\.bin)$ {
      alias ${folder}/data/$1;
      add_header x-amz-request-id $request_id;
      add_header x-amz-checksum-crc64nvme $crc;
      add_header x-amz-checksum-type $crc_type;
    }
    location ~ ^/bench-(?:none|crc64nvme)/?$ {
      default_type application/xml;
      root ${folder}/lists;
      try_files /$list.xml =404;
    }
  }
}
`;
}

// Never used, but made at start, and their usual places belong to the system's own nginx.
function temporaryFolders(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind) => `${kind}_temp_path ${folder}/temp-${kind};`).join('\n  ');
}
