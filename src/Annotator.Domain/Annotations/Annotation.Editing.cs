using System.Text.Json;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>Counts the edits, from 1. Two people who edit version 3 cannot both write version 4.</summary>
    public int Version { get; private set; } = 1;

    public List<Revision> Revisions { get; private set; } = [];

    /// <summary>What it says now.</summary>
    internal AnnotationContent Content => new(Body, Language, LanguageGiven, Tags, Shared)
    {
        Received = new Received
        {
            Selectors = Selectors, Extra = Extra, Targets = [.. FurtherTargets.OrderBy(t => t.Position).Select(t => t.Sent)],
        },
    };

    /// <summary>What it is about now.</summary>
    internal AnnotationTarget Target => new(SourceId, PassageId, Uri, SnapshotId);

    /// <summary>Keeps the present state as a revision, and replaces content and target.</summary>
    internal void Edit(AnnotationContent content, AnnotationTarget target, DateTimeOffset now)
    {
        if (IsAlready(content) && target == Target)
            return;
        Revisions.Add(Revision.Of(this));
        Say(content);
        Point(target);
        Updated = now;
        Version++;
    }

    /// <summary>Goes along when the root of its thread moves to another source.</summary>
    internal void Follow(Annotation root)
    {
        if (SourceId != root.SourceId)
            Point(new AnnotationTarget(root.SourceId, Uri: root.Uri));
    }

    private bool IsAlready(AnnotationContent content) =>
        content.Tags.SequenceEqual(Tags, StringComparer.Ordinal) && Content with { Tags = content.Tags } == content;
}

/// <summary>An earlier state of an annotation.</summary>
public sealed class Revision
{
    public Guid AnnotationId { get; private set; }

    /// <summary>The version this was, from 1.</summary>
    public int Version { get; private set; }
    public string Body { get; private set; } = "";
    public string Language { get; private set; } = "";
    public string[] Tags { get; private set; } = [];
    public bool Shared { get; private set; }

    /// <summary>What it quoted; null for page notes and replies.</summary>
    public Guid? PassageId { get; private set; }

    /// <summary><see cref="Annotation.Uri"/>.</summary>
    public string? Uri { get; private set; }

    /// <summary><see cref="Annotations.Received.Selectors"/>.</summary>
    public string? Selectors { get; private set; }

    /// <summary><see cref="Annotations.Received.Extra"/>.</summary>
    public string? Extra { get; private set; }

    /// <summary>The targets after the first: a JSON array of <see cref="Target"/>; null for none.</summary>
    public string? FurtherTargets { get; private set; }

    /// <summary>When this state was written (not when it was replaced).</summary>
    public DateTimeOffset Written { get; private set; }

    /// <summary>What came with this state.</summary>
    internal Received Received => new()
    {
        Selectors = Selectors,
        Extra = Extra,
        Targets = FurtherTargets is null ? [] : JsonSerializer.Deserialize<Target[]>(FurtherTargets, JsonSerializerOptions.Web) ?? [],
    };

    private Revision() { }

    internal static Revision Of(Annotation annotation) =>
        new()
        {
            AnnotationId = annotation.Id,
            Version = annotation.Version,
            Body = annotation.Body,
            Language = annotation.Language,
            Tags = annotation.Tags,
            Shared = annotation.Shared,
            PassageId = annotation.PassageId,
            Uri = annotation.Uri,
            Selectors = annotation.Selectors,
            Extra = annotation.Extra,
            FurtherTargets = annotation.FurtherTargets.Count == 0
                ? null
                : JsonSerializer.Serialize(annotation.Content.Received.Targets, JsonSerializerOptions.Web),
            Written = annotation.Updated,
        };
}

/// <summary>Somebody else changed the annotation since the editor opened it.</summary>
public sealed class EditConflict(AnnotationView current)
    : Refusal("The annotation was changed in the meantime.")
{
    /// <summary>The annotation as it is now, to show beside what the person typed.</summary>
    public AnnotationView Current => current;
}
