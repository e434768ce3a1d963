using ParticleImages.Evaluation;
using ParticleImages.Networks;

namespace ParticleImages.Reports.Contents;

/// <summary>A training.</summary>
/// <param name="History">How it went.</param>
/// <param name="Model">What was trained.</param>
/// <param name="Judgement">How well it does on events.</param>
/// <param name="IsUnseen">Whether it is known that these neither trained the network nor chose its epoch.</param>
internal sealed record TrainingContent(TrainingHistory History, ModelDescription? Model, EvaluationResult? Judgement, bool IsUnseen);
