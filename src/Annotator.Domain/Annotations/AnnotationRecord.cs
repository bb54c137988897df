using System.Linq.Expressions;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// An annotation with all that belongs to it, as one viewer may see it. Every page, interface and file formats this or parts of it, and
/// nothing else.
/// </summary>
public sealed record AnnotationRecord
{
    /// <summary>What it says. Whoever sees the annotation sees all of it.</summary>
    public required AnnotationView Annotation { get; init; }

    /// <summary>What it is about.</summary>
    public required AnnotatedSource Source { get; init; }

    /// <summary>What it quotes; null for page notes and replies.</summary>
    public required AnnotatedPassage? Passage { get; init; }

    /// <summary>What came with it.</summary>
    public required Received Received { get; init; }

    /// <summary>Its state of moderation; null for viewers who neither wrote it nor moderate the group.</summary>
    public ModerationView? Moderation { get; init; }

    /// <summary>The one place that takes away what the viewer may not see of an annotation that they see.</summary>
    internal AnnotationRecord RedactedFor(Viewer viewer)
    {
        var isTold = Annotation.IsMine || viewer.May(Permissions.Moderate, Annotation.Standing);
        return this with { Received = Redacted(Received, viewer, Annotation.Author.Id), Moderation = isTold ? Moderation : null };
    }

    /// <summary>Who wrote something elsewhere, before somebody imported it as their own, is between that person and the file.</summary>
    internal static Received Redacted(Received received, Viewer viewer, Guid authorId) =>
        viewer.PersonId == authorId ? received : received with { Extra = UnknownKeys.With(received.Extra, UnknownKeys.Original, null) };

    /// <summary>The one expression that records are made by. What a reader leaves out of it is not read from the store.</summary>
    internal static Expression<Func<Annotation, AnnotationRecord>> Of(AnnotatorDb db, Viewer viewer)
    {
        var person = viewer.PersonId;
        var visible = db.Annotations.VisibleTo(viewer);
        var facts = db.SourceFactsOf(db.Sources, viewer);
        return a => new AnnotationRecord
        {
            Annotation = new AnnotationView
            {
                Id = a.Id,
                SourceId = a.SourceId,
                PassageId = a.PassageId,
                Uri = a.Uri,
                References = a.References,
                Author = new AuthorView(a.AuthorId, a.Author!.Username, a.Author.Authority, a.Author.DisplayName),
                GroupId = a.GroupId,
                GroupKind = a.Group!.Kind,
                Shared = a.Shared,
                Body = a.Body,
                Language = a.Language,
                LanguageGiven = a.LanguageGiven,
                Tags = a.Tags,
                Created = a.Created,
                Updated = a.Updated,
                Version = a.Version,
                Held = a.Moderation == ModerationState.Approved ? null : new ModerationView(a.Moderation, a.ModerationReason),
                IsMine = a.AuthorId == person,
            },
            // One fact a query: for all of them in one, Entity Framework has all sources there are numbered.
            Source = new AnnotatedSource(
                a.SourceId,
                facts.Where(s => s.Id == a.SourceId).Select(s => s.Title).First(),
                facts.Where(s => s.Id == a.SourceId).Select(s => s.Author).First(),
                facts.Where(s => s.Id == a.SourceId).Select(s => s.Language).First()),
            Passage = a.Passage == null ? null : AnnotatedPassage.Of(
                a.Passage.Id,
                a.Passage.Quote,
                a.Passage.Language,
                a.Passage.ContextOfId == null || visible.Any(c => c.Id == a.Passage.ContextOfId)),
            Received = new Received
            {
                Selectors = a.Selectors,
                Extra = a.Extra,
                Targets = a.FurtherTargets.OrderBy(t => t.Position).Select(t => new Target(t.Uri, t.Selectors, t.Extra)).ToList(),
            },
            Moderation = new ModerationView(a.Moderation, a.ModerationReason),
        };
    }
}

/// <summary>What an annotation is about.</summary>
/// <param name="Language">BCP 47 tag; <c>und</c> when it is not known.</param>
public sealed record AnnotatedSource(Guid Id, string Title, string? Author, string Language)
{
    public string PublicId => Kernel.PublicId.Of(Id);
}

/// <summary>What an annotation quotes.</summary>
/// <param name="Language">BCP 47 tag; <c>und</c> when it is not known.</param>
public sealed record AnnotatedPassage(Guid Id, Quote Quote, string Language)
{
    public string Exact => Quote.Exact;

    /// <param name="isOpen">Whether the viewer may see more than the quoted words.</param>
    internal static AnnotatedPassage Of(Guid id, Quote quote, string language, bool isOpen) =>
        new(id, isOpen ? quote : new Quote(quote.Exact), language);
}

/// <summary>State of moderation with its reason.</summary>
/// <param name="Reason">In the words of a moderator; null when they gave none.</param>
public sealed record ModerationView(ModerationState State, string? Reason);
