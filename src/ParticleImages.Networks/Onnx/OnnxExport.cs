using Google.Protobuf;
using ParticleImages.Networks.Onnx.Format;
using ParticleImages.Storage;
using ParticleImages.Voxelization;
using static ParticleImages.Networks.Onnx.GraphWriter;

namespace ParticleImages.Networks.Onnx;

/// <summary>A description and its weights as an ONNX file: operator set 17, IR version 8, the batch axis left open.</summary>
internal static class OnnxExport
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    // A message of Protocol Buffers ends at 2 GiB; the graph's own text is far below the rest that is left here.
    private const long MostWeightBytes = int.MaxValue - (64L << 20);

    /// <summary>Writes a network, whole or not at all; without a voxelizer the file does not say how events become voxels.</summary>
    /// <exception cref="NotSupportedException">The weights exceed what an ONNX file can hold.</exception>
    public static void Write(string path, VoxelNetwork network, Voxelizer? voxelizer)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Cnn3d description = network.Description;
        long bytes = WeightLayout.Of(description).Sum(weight => weight.Shape.Aggregate((long)sizeof(float), (product, side) => product * side));
        if (bytes > MostWeightBytes)
        {
            throw new NotSupportedException(
                $"The network has {bytes >> 20} MiB of weights; an ONNX file holds at most {MostWeightBytes >> 20} MiB. Use fewer units, or pool before Dense.");
        }

        ModelProto model = Describe(description, network.Weights().ToDictionary(weight => weight.Name, weight => (weight.Shape, weight.Values)), voxelizer);
        AtomicFile.Write(path, model.WriteTo);
    }

    private static ModelProto Describe(
        Cnn3d description, IReadOnlyDictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> weights, Voxelizer? voxelizer)
    {
        var writer = new GraphWriter(weights);
        LayerNodes.Append(
            writer, description.Layers, ShapeInference.InputOf(description), LayerPosition.First(description), prefix: "", from: OnnxMetadataKeys.Input);

        // The last layer is a Dense, so the last node's output is the network's.
        writer.NameLast(OnnxMetadataKeys.Logits);
        writer.Node("Softmax", OnnxMetadataKeys.Probabilities, [OnnxMetadataKeys.Logits], Attribute("axis", 1));

        VoxelShape shape = description.Input;
        GraphProto graph = writer.Graph;
        graph.Name = "particle_images";
        graph.Input.Add(Value(OnnxMetadataKeys.Input, [shape.Channels, shape.Frames, shape.Height, shape.Width], "Voxels (events, channels, frames, rows, columns)."));
        graph.Output.Add(Value(OnnxMetadataKeys.Logits, [Cnn3d.Classes], "One value a class: photon, electron."));
        graph.Output.Add(Value(OnnxMetadataKeys.Probabilities, [Cnn3d.Classes], "Softmax of the logits: photon, electron."));

        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = OnnxMetadataKeys.Producer,
            ProducerVersion = OnnxMetadata.LibraryVersion,
            DocString = OnnxMetadata.Sentence(description, voxelizer),
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        model.MetadataProps.Add(OnnxMetadata.Of(description, voxelizer).Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model;
    }

    private static ValueInfoProto Value(string name, ReadOnlySpan<int> sides, string says)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "events" });
        foreach (int side in sides)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = side });
        }

        return new ValueInfoProto
        {
            Name = name,
            DocString = says,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = Float32, Shape = shape } },
        };
    }
}
