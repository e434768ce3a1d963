using System.Globalization;
using TorchSharp;

namespace ParticleImages.Networks;

/// <summary>Where a network computes: on the CPU, or on a graphics card of NVIDIA's through CUDA. The default is the CPU.</summary>
public readonly record struct ComputeDevice
{
    private readonly int number;

    private ComputeDevice(int number) => this.number = number;

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu => default;

    /// <summary>Whether this is a graphics card.</summary>
    public bool IsCuda => number > 0;

    /// <summary>The graphics card's number, from 0; 0 for the CPU as well.</summary>
    public int Index => Math.Max(0, number - 1);

    /// <summary>A graphics card.</summary>
    /// <param name="index">Its number, from 0, as CUDA counts.</param>
    /// <returns>The device. Whether it is there shows when a network is built on it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static ComputeDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ComputeDevice(checked(index + 1));
    }

    /// <summary>Reads a name as PyTorch writes it: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The device.</returns>
    /// <exception cref="FormatException">It is no such name.</exception>
    public static ComputeDevice Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToLowerInvariant().Split(':') switch
        {
            ["cpu"] => Cpu,
            ["cuda"] => Cuda(),
            ["cuda", var index] when int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < int.MaxValue => Cuda(number),
            _ => throw new FormatException($"'{name}' is no device. There are cpu, cuda and cuda:N, N being the number of a graphics card, from 0."),
        };
    }

    /// <summary>The name, as PyTorch writes it.</summary>
    /// <returns><c>cpu</c> or <c>cuda:0</c>.</returns>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";

    /// <summary>torch's device, which is there.</summary>
    /// <exception cref="PlatformNotSupportedException">It is not there; the message says what to do.</exception>
    internal torch.Device Require()
    {
        TorchLibrary.Load();
        if (!IsCuda)
        {
            return torch.CPU;
        }

        if (!torch.cuda.is_available())
        {
            throw new PlatformNotSupportedException(
                $"The device {this} was asked for, but torch finds no CUDA here. Build the application with the MSBuild property TorchBackend=cuda-linux or "
                + "cuda-windows (its project references TorchSharp-cuda-linux or TorchSharp-cuda-windows instead of TorchSharp-cpu), on a machine with an NVIDIA driver, or use ComputeDevice.Cpu.");
        }

        int devices = torch.cuda.device_count();
        return Index < devices
            ? new torch.Device(DeviceType.CUDA, Index)
            : throw new PlatformNotSupportedException(
                $"The device {this} was asked for, but torch finds {devices}, counted from cuda:0. Choose one of them, or set CUDA_VISIBLE_DEVICES to show others.");
    }
}
