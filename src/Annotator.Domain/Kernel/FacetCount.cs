namespace Annotator.Domain.Kernel;

/// <summary>A value and how often it occurs.</summary>
public sealed record FacetCount(string Value, int Count);
