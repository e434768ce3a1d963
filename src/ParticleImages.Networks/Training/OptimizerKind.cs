namespace ParticleImages.Networks;

/// <summary>The rule by which an <see cref="Optimizer"/> changes weights.</summary>
public enum OptimizerKind
{
    /// <summary>Kingma and Ba, arXiv 1412.6980.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay: Loshchilov and Hutter, arXiv 1711.05101.</summary>
    AdamW,

    /// <summary>Adam with Nesterov's momentum: Dozat, ICLR 2016 workshop.</summary>
    NAdam,

    /// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
    Sgd,

    /// <summary>Division by the root of the mean square of recent gradients: Tieleman and Hinton, 2012.</summary>
    RmsProp,
}
