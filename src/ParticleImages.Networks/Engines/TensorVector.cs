using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines;

/// <summary>Tensors whose values stand one after the other in a vector.</summary>
/// <param name="tensors">The tensors, float32.</param>
internal sealed class TensorVector(Tensor[] tensors)
{
    /// <summary>How many values there are.</summary>
    public int Count { get; } = (int)tensors.Sum(tensor => tensor.NumberOfElements);

    /// <summary>The tensors from a value on; none of them begins before it.</summary>
    public TensorVector From(int value)
    {
        int start = 0;
        return new TensorVector([.. tensors.SkipWhile(tensor =>
        {
            bool isBefore = start < value;
            start += (int)tensor.NumberOfElements;
            return isBefore;
        })]);
    }

    /// <summary>Sets the gradient of all tensors to 0.</summary>
    public void ClearGradient()
    {
        foreach (Tensor tensor in tensors)
        {
            using Tensor? old = tensor.grad;
            old?.zero_();
        }
    }

    /// <summary>Copies the gradient of all tensors.</summary>
    public void ReadGradient(Span<float> gradient)
    {
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            Tensor slope = tensor.grad ?? throw new InvalidOperationException($"The weight {tensor.name} has no gradient.");
            int count = (int)tensor.NumberOfElements;
            Copy(slope, gradient.Slice(start, count));
            start += count;
        }
    }

    /// <summary>Copies the values of all tensors.</summary>
    public void Read(Span<float> values)
    {
        using DisposeScope scope = NewDisposeScope();
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            int count = (int)tensor.NumberOfElements;
            Copy(tensor, values.Slice(start, count));
            start += count;
        }
    }

    /// <summary>Takes over the values of all tensors.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        using var noGradient = no_grad();
        int start = 0;
        foreach (Tensor tensor in tensors)
        {
            int count = (int)tensor.NumberOfElements;
            ReadOnlySpan<float> own = values.Slice(start, count);
            start += count;
            if (tensor.device_type == DeviceType.CPU)
            {
                own.CopyTo(MemoryMarshal.Cast<byte, float>(tensor.bytes));
                GC.KeepAlive(tensor);
                continue;
            }

            using Tensor host = empty(tensor.shape, float32, CPU);
            own.CopyTo(MemoryMarshal.Cast<byte, float>(host.bytes));
            tensor.copy_(host);
        }
    }

    /// <summary>Copies the values of a tensor of any device.</summary>
    public static void Copy(Tensor tensor, Span<float> values)
    {
        using Tensor detached = tensor.detach();
        using Tensor host = detached.cpu();
        using Tensor contiguous = host.contiguous();
        MemoryMarshal.Cast<byte, float>(contiguous.bytes)[..values.Length].CopyTo(values);
        GC.KeepAlive(contiguous);
    }
}
