using ParticleImages.Evaluation;
using ParticleImages.Networks;

namespace ParticleImages.Reports.Contents;

/// <summary>A training: how it went, what was trained, and how well it does on events that it never saw.</summary>
internal sealed record TrainingContent(TrainingHistory History, ModelDescription? Model, EvaluationResult? Judgement);
