namespace ParticleImages.Networks;

/// <summary>A function applied to every value.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x above 0, eˣ − 1 below (Clevert et al., arXiv 1511.07289).</summary>
    Elu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>x times the normal distribution's integral up to x, x (1 + erf(x / √2)) / 2: the exact form, not the one of tanh (arXiv 1606.08415).</summary>
    Gelu,

    /// <summary>λ x above 0, λ α (eˣ − 1) below, with λ = 1.0507… and α = 1.6733… (Klambauer et al., arXiv 1706.02515).</summary>
    Selu,

    /// <summary>x above 0, 0.01 x below: PyTorch's and ONNX' slope. Keras has 0.3 for the layer and 0.2 for the function of this name.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    Silu,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x tanh(ln(1 + eˣ)) (Misra, arXiv 1908.08681).</summary>
    Mish,

    /// <summary>min(max(0, x), 6).</summary>
    Relu6,

    /// <summary>eˣ.</summary>
    Exponential,
}
