using Annotator.Domain.Kernel;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>Counts the edits, from 1. Two people who edit version 3 cannot both write version 4.</summary>
    public int Version { get; private set; } = 1;

    public List<Revision> Revisions { get; private set; } = [];

    /// <summary>Keeps the present state as a revision and says something else from now on.</summary>
    internal void Edit(Remark remark, DateTimeOffset now)
    {
        if (IsAlready(remark))
            return;
        Revisions.Add(Revision.Of(this));
        Body = remark.Body;
        Language = remark.Language;
        LanguageGiven = remark.LanguageGiven;
        Tags = [.. remark.Tags];
        Shared = remark.Shared;
        Updated = now;
        Version++;
    }

    private bool IsAlready(Remark remark) =>
        string.Equals(Body, remark.Body, StringComparison.Ordinal)
        && string.Equals(Language, remark.Language, StringComparison.Ordinal)
        && LanguageGiven == remark.LanguageGiven
        && Shared == remark.Shared
        && Tags.SequenceEqual(remark.Tags, StringComparer.Ordinal);
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

    /// <summary>When this state was written (not when it was replaced).</summary>
    public DateTimeOffset Written { get; private set; }

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
