using System.Runtime.InteropServices;
using Google.Protobuf;
using ParticleImages.Networks.Onnx.Format;

namespace ParticleImages.Networks.Onnx;

/// <summary>
/// An ONNX graph that grows by a node at a time. A node's only output has the node's name, so that a reader of the file finds a layer's output
/// under the layer's name.
/// </summary>
internal sealed class GraphWriter(IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights)
{
    // TensorProto.DataType of ONNX.
    public const int Float32 = 1;
    private const int Int64 = 7;

    public GraphProto Graph { get; } = new();

    /// <summary>Appends a node and returns the name of its output.</summary>
    public string Node(string operation, string name, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.Add(inputs);
        node.Output.Add(name);
        node.Attribute.Add(attributes.ToArray());
        Graph.Node.Add(node);
        return name;
    }

    /// <summary>One of the network's weights, under the name that it has in our own files.</summary>
    public string Weight(string name)
    {
        (long[] shape, ReadOnlyMemory<byte> values) = weights[name];
        return Initializer(name, Float32, shape, UnsafeByteOperations.UnsafeWrap(values));
    }

    /// <summary>One of the network's weights, its values in another shape.</summary>
    public string Weight(string name, ReadOnlySpan<long> shape) => Initializer(name, Float32, shape, UnsafeByteOperations.UnsafeWrap(weights[name].Values));

    /// <summary>Constant float32 values, rounded once; without a shape a single number.</summary>
    public string Constant(string name, IEnumerable<double> values, params ReadOnlySpan<long> shape)
    {
        float[] rounded = [.. values.Select(value => (float)value)];
        return Initializer(name, Float32, shape, ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(rounded)));
    }

    /// <summary>A single constant number.</summary>
    public string Constant(string name, double value) => Constant(name, [value]);

    /// <summary>The target of a Reshape: 0 keeps an axis, −1 takes what is left.</summary>
    public string Shape(string name, params ReadOnlySpan<long> sides) =>
        Initializer(name, Int64, [sides.Length], ByteString.CopyFrom(MemoryMarshal.AsBytes(sides)));

    /// <summary>Gives the last node's output another name.</summary>
    public void NameLast(string name) => Graph.Node[^1].Output[0] = name;

    public static AttributeProto Attribute(string name, double value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)value };

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values.ToArray());
        return attribute;
    }

    private string Initializer(string name, int type, ReadOnlySpan<long> shape, ByteString values)
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = values };
        tensor.Dims.Add(shape.ToArray());
        Graph.Initializer.Add(tensor);
        return name;
    }
}
