import { createHash } from 'node:crypto';

export interface Place {
  stackName: string;
  region: string;
  accountId: string;
  partition: string;
  urlSuffix: string;
}

interface Attributes {
  /** What `Ref` gives. */
  ref: string;
  /** What `Fn::GetAtt` gives, by attribute. */
  [attribute: string]: string;
}

interface Kind {
  /** The property that names the resource, where it may be named. */
  nameProperty?: string;
  maxNameLength: number;
  attributes: (name: string, place: Place) => Attributes;
}

/** What a reference to a resource gives; null for a type that this machine does not know. */
export function resourceAttributes(
  type: string,
  logicalId: string,
  givenName: (property: string) => string | undefined,
  place: Place,
): Attributes | null {
  const kind = kinds[type];
  if (kind === undefined) return null;
  const given = kind.nameProperty === undefined ? undefined : givenName(kind.nameProperty);
  const name = given ?? generatedName(`${place.stackName}-${logicalId}`, kind.maxNameLength);
  return kind.attributes(name, place);
}

// The greatest lengths are those of each service's own API reference.
const kinds: Record<string, Kind> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    maxNameLength: 64,
    attributes: (name, place) => ({ ref: name, Arn: arn(place, 'lambda', `function:${name}`) }),
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    maxNameLength: 63,
    attributes: (given, { partition, region, urlSuffix }) => {
      const name = given.toLowerCase();
      return {
        ref: name,
        Arn: `arn:${partition}:s3:::${name}`,
        DomainName: `${name}.s3.${urlSuffix}`,
        RegionalDomainName: `${name}.s3.${region}.${urlSuffix}`,
      };
    },
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    maxNameLength: 80,
    attributes: (name, place) => {
      const machine = arn(place, 'states', `stateMachine:${name}`);
      return { ref: machine, Arn: machine, Name: name };
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    maxNameLength: 64,
    attributes: (name, { partition, accountId }) => ({
      ref: name,
      Arn: `arn:${partition}:iam::${accountId}:role/${name}`,
      RoleId: `AROA${shortHash(name).toUpperCase()}`,
    }),
  },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    maxNameLength: 512,
    attributes: (name, place) => ({ ref: name, Arn: arn(place, 'logs', `log-group:${name}:*`) }),
  },
  'AWS::KMS::Key': {
    maxNameLength: 256,
    attributes: (name, place) => {
      const id = shortHash(name);
      return { ref: id, KeyId: id, Arn: arn(place, 'kms', `key/${id}`) };
    },
  },
  'AWS::ApiGateway::RestApi': {
    maxNameLength: 256,
    attributes: (name) => {
      const id = shortHash(name);
      return { ref: id, RestApiId: id, RootResourceId: shortHash(`${name}/`) };
    },
  },
  'AWS::ApiGateway::Stage': {
    nameProperty: 'StageName',
    maxNameLength: 128,
    attributes: (name) => ({ ref: name }),
  },
  'AWS::ApiGateway::Model': {
    nameProperty: 'Name',
    maxNameLength: 128,
    attributes: (name) => ({ ref: name }),
  },
  'AWS::ApiGateway::Resource': byId('ResourceId'),
  'AWS::ApiGateway::RequestValidator': byId('RequestValidatorId'),
  'AWS::ApiGateway::Deployment': byId('DeploymentId'),
};

function byId(attribute: string): Kind {
  return {
    maxNameLength: 256,
    attributes: (name) => ({ ref: shortHash(name), [attribute]: shortHash(name) }),
  };
}

function arn({ partition, region, accountId }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** The same on every synth, so that what is kept between two runs is found again. */
function generatedName(name: string, maxLength: number): string {
  return name.length <= maxLength ? name : `${name.slice(0, maxLength - 11)}-${shortHash(name)}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
