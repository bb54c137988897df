namespace Annotator.Reliability.Load;

/// <summary>An annotation as far as its writer was told of it. Nobody else changes it.</summary>
/// <param name="id">Of the annotation, from the form.</param>
/// <param name="quote">What it quotes; null for notes and replies.</param>
internal sealed class Written(Guid id, string? quote)
{
    public Guid Id => id;

    public string? Quote => quote;

    /// <summary>The text of each version that was acknowledged, from the first.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>A text that was sent and not acknowledged: it is the next version, or never arrived.</summary>
    public string? Unsure { get; set; }

    /// <summary>Null when the deletion was sent and not acknowledged.</summary>
    public bool? IsDeleted { get; set; } = false;
}
