import { parse } from 'protobufjs';

/** The part of the ONNX format (github.com/onnx/onnx, onnx.proto) that a converted model uses. */
const SCHEMA = `
syntax = "proto3";
message ModelProto {
  int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message GraphProto {
  repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
}
message NodeProto {
  repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
  repeated AttributeProto attribute = 5; string domain = 7;
}
message AttributeProto {
  string name = 1; float f = 2; int64 i = 3; repeated int64 ints = 8; AttributeType type = 20;
}
enum AttributeType { UNDEFINED = 0; FLOAT = 1; INT = 2; INTS = 7; }
message TensorProto {
  repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9;
  repeated StringStringEntryProto external_data = 13; int32 data_location = 14;
}
message StringStringEntryProto { string key = 1; string value = 2; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto { TensorTypeProto tensor_type = 1; }
message TensorTypeProto { int32 elem_type = 1; TensorShapeProto shape = 2; }
message TensorShapeProto { repeated DimensionProto dim = 1; }
message DimensionProto { int64 dim_value = 1; string dim_param = 2; }
`;

const Model = parse(SCHEMA, { keepCase: true }).root.lookupType('ModelProto');

/** TensorProto.DataType. */
export const dataType = { float: 1, uint8: 2, int32: 6, int64: 7, float16: 10 } as const;
export type DataType = keyof typeof dataType;

const ELEMENT_BYTES: Record<DataType, number> = { float: 4, uint8: 1, int32: 4, int64: 8, float16: 2 };

/** Bytes of a tensor's content. */
export function bytesOf(type: DataType, dims: readonly number[]): number {
  return dims.reduce((product, n) => product * n, ELEMENT_BYTES[type]);
}

export type Attribute =
  | { name: string; type: 1; f: number }
  | { name: string; type: 2; i: number }
  | { name: string; type: 7; ints: number[] };

export interface NodeProto {
  input: string[];
  output: string[];
  name: string;
  op_type: string;
  domain: string;
  attribute: Attribute[];
}

export interface TensorProto {
  dims: number[];
  data_type: number;
  name: string;
  raw_data?: Uint8Array;
  external_data?: { key: string; value: string }[];
  /** 1: in an external file. */
  data_location?: 0 | 1;
}

export interface ValueInfoProto {
  name: string;
  type: {
    tensor_type: { elem_type: number; shape: { dim: ({ dim_value: number } | { dim_param: string })[] } };
  };
}

export interface GraphProto {
  name: string;
  node: NodeProto[];
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
}

/** Serializes a graph as an ONNX model: IR 10, opset 21, com.microsoft 1. */
export function encodeModel(graph: GraphProto): Uint8Array {
  const model = {
    ir_version: 10,
    producer_name: 'quickfire',
    opset_import: [
      { domain: '', version: 21 },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph,
  };
  const problem = Model.verify(model);
  if (problem !== null) throw new TypeError(`ONNX graph: ${problem}`);
  return Model.encode(model).finish();
}
