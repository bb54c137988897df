using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Annotations;

/// <summary>What an annotation says, by whom, to whom: the part of an <see cref="AnnotationRecord"/> that pages of a source show.</summary>
public sealed record AnnotationView
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public required Guid? PassageId { get; init; }

    /// <summary>The address of its source as it came with the annotation; null for a source without one.</summary>
    public required string? Uri { get; init; }
    public required IReadOnlyList<Guid> References { get; init; }
    public required AuthorView Author { get; init; }
    public required string GroupId { get; init; }
    public required GroupKind GroupKind { get; init; }
    public required bool Shared { get; init; }

    /// <summary>Markdown; empty for a highlight and for a deleted annotation that only holds its replies together.</summary>
    public required string Body { get; init; }

    /// <summary>BCP 47 tag of the body, <c>und</c> when unknown.</summary>
    public required string Language { get; init; }
    public required bool LanguageGiven { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Updated { get; init; }
    public required int Version { get; init; }

    /// <summary>Why moderation keeps it from readers; null while it does not. Only its author and moderators see it then.</summary>
    public ModerationView? Held { get; init; }

    /// <summary>Whether the viewer wrote it.</summary>
    public bool IsMine { get; init; }

    /// <summary>The address, when a browser can open it.</summary>
    public string? WebUri =>
        Uri is { } uri
            && (uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                || uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? uri : null;

    public bool IsReply => References.Count > 0;
    public bool IsHighlight => Body.Length == 0;
    public Guid RootId => References.Count > 0 ? References[0] : Id;
    public Guid? ParentId => References.Count > 0 ? References[^1] : null;
    public string PublicId => Kernel.PublicId.Of(Id);

    /// <summary>What permissions to edit, delete and answer it are asked for.</summary>
    public Standing Standing => new() { OwnerId = Author.Id, GroupId = GroupId, GroupKind = GroupKind, IsShared = Shared };
}

/// <summary>The author of an annotation, as readers see them.</summary>
public sealed record AuthorView(Guid Id, string Username, string Authority, string? DisplayName)
{
    public string Name => DisplayName ?? Username;
    public Userid Userid => new(Username, Authority);
}
