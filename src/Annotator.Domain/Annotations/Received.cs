namespace Annotator.Domain.Annotations;

/// <summary>
/// What a client or a file sent with an annotation beyond what the model has properties for. It is handed back unchanged. Whoever
/// writes may bring it. Nothing that the model has a property for is in it: an edit here would be undone by the echo.
/// </summary>
public sealed record Received
{
    /// <summary>Nothing was sent.</summary>
    public static Received Nothing { get; } = new();

    /// <summary>The selectors of the first target as sent: a JSON array of W3C selectors; null for none.</summary>
    public string? Selectors { get; init; }

    /// <summary>
    /// Unknown keys as sent: a JSON object with a key per format, as <c>{"hypothesis":{"colour":"blue"}}</c>; null for none. The
    /// key <see cref="UnknownKeys.Original"/> says whose annotation it was before it was imported.
    /// </summary>
    public string? Extra { get; init; }

    /// <summary>The targets after the first.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];

    public bool Equals(Received? other) =>
        other is not null
        && string.Equals(Selectors, other.Selectors, StringComparison.Ordinal)
        && string.Equals(Extra, other.Extra, StringComparison.Ordinal)
        && Targets.SequenceEqual(other.Targets);

    public override int GetHashCode() => HashCode.Combine(Selectors, Extra, Targets.Count);
}

/// <summary>Something that an annotation is about, as it was sent (W3C SpecificResource).</summary>
/// <param name="Uri">The address of the source; null when none was sent.</param>
/// <param name="Selectors">A JSON array of W3C selectors; null for none.</param>
/// <param name="Extra">Unknown keys of the target: a JSON object with a key per format; null for none.</param>
public sealed record Target(string? Uri, string? Selectors = null, string? Extra = null);

/// <summary>A target of an annotation after the first, which is in the row of the annotation.</summary>
public sealed class FurtherTarget
{
    public Guid AnnotationId { get; private set; }

    /// <summary>Its place among the targets, from 1: the first target has 0.</summary>
    public int Position { get; private set; }
    public string? Uri { get; private set; }
    public string? Selectors { get; private set; }
    public string? Extra { get; private set; }

    private FurtherTarget() { }

    internal static List<FurtherTarget> Of(Guid annotationId, IReadOnlyList<Target> targets) =>
    [
        .. targets.Select((target, i) => new FurtherTarget
        {
            AnnotationId = annotationId,
            Position = i + 1,
            Uri = target.Uri,
            Selectors = target.Selectors,
            Extra = target.Extra,
        }),
    ];

    internal Target Sent => new(Uri, Selectors, Extra);
}
