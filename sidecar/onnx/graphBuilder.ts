import {
  dataType,
  type Attribute,
  type DataType,
  type GraphProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnxProto';

/** A dimension: a size, or a name for one that varies. */
export type Dimension = number | string;

type AttributeValue = { float: number } | { int: number } | { ints: number[] };

export interface NodeOptions {
  attributes?: Record<string, AttributeValue>;
  /** Defaults to ONNX's own; 'com.microsoft' for ONNX Runtime's operators. */
  domain?: string;
  /** Names of the outputs; an empty one is not wanted. Defaults to one, named after the node. */
  outputs?: string[];
}

/** Collects nodes, constants, inputs and outputs into a graph. Values are referred to by their names. */
export class GraphBuilder {
  private readonly graph: GraphProto = { name: 'qf2', node: [], initializer: [], input: [], output: [] };
  private readonly constants = new Set<string>();

  input(name: string, type: DataType, shape: readonly Dimension[]): string {
    this.graph.input.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: DataType, shape: readonly Dimension[]): void {
    this.graph.output.push(valueInfo(name, type, shape));
  }

  /** Adds a node and returns its first output's name. `name` must be unique in the graph. */
  node(op: string, name: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const outputs = options.outputs ?? [name];
    this.graph.node.push({
      op_type: op,
      name,
      input: [...inputs],
      output: outputs,
      domain: options.domain ?? '',
      attribute: Object.entries(options.attributes ?? {}).map(([key, value]) => toAttribute(key, value)),
    });
    return outputs[0] ?? name;
  }

  initializer(tensor: TensorProto): string {
    this.graph.initializer.push(tensor);
    return tensor.name;
  }

  /** An int64 vector, shared by all that ask for the same one; for shapes and axes. */
  ints(...values: number[]): string {
    const name = `ints_${values.join('_')}`;
    if (!this.constants.has(name)) {
      this.constants.add(name);
      const raw_data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
      this.initializer({ name, data_type: dataType.int64, dims: [values.length], raw_data });
    }
    return name;
  }

  /** An f32 scalar. */
  scalar(name: string, value: number): string {
    const raw_data = new Uint8Array(Float32Array.of(value).buffer);
    return this.initializer({ name, data_type: dataType.float, dims: [], raw_data });
  }

  build(): GraphProto {
    return this.graph;
  }
}

function toAttribute(name: string, value: AttributeValue): Attribute {
  if ('float' in value) return { name, type: 1, f: value.float };
  if ('int' in value) return { name, type: 2, i: value.int };
  return { name, type: 7, ints: value.ints };
}

function valueInfo(name: string, type: DataType, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: dataType[type], shape: { dim } } } };
}
