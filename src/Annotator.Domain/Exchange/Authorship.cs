using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>
/// Decides who becomes the author of an imported annotation. Only administrators keep the authors that a file names. For everybody
/// else, annotations of others become the importing person's, under new ids; the original ids stay free for an import by their
/// authors.
/// </summary>
internal sealed class Authorship(ImportOptions options)
{
    /// <summary>The ids met in the file, each with the id that it has here.</summary>
    private readonly Dictionary<Guid, Guid> _ids = [];

    /// <summary>The records as they are stored. A reply that stands before what it answers comes after all others.</summary>
    public async IAsyncEnumerable<ImportRecord> OfAsync(
        IAsyncEnumerable<ImportRecord> records, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var waiting = new List<ImportRecord>();
        await foreach (var record in records.WithCancellation(ct))
        {
            if (options.KeepAuthors || record.Draft is not { Provenance: not null } draft)
                yield return record;
            else if (Met(draft).References.All(_ids.ContainsKey))
                yield return record with { Draft = Owned(draft, draft.Provenance) };
            else
                waiting.Add(record);
        }

        foreach (var record in waiting)
            yield return record with { Draft = Owned(record.Draft!, record.Draft!.Provenance!) };
    }

    private Userid Owner => options.AsUser ?? throw new Forbidden("sign_in");

    private AnnotationDraft Met(AnnotationDraft draft)
    {
        _ids[draft.Id] = draft.Provenance!.Author == Owner ? draft.Id : ContentId.Of(null, Owner.ToString(), PublicId.Of(draft.Id));
        return draft;
    }

    private AnnotationDraft Owned(AnnotationDraft draft, Provenance provenance)
    {
        var isTheirs = provenance.Author == Owner;
        var isMember = options.Groups.Contains(draft.GroupId, StringComparer.Ordinal);
        var owned = draft with
        {
            Id = _ids[draft.Id],
            References = [.. draft.References.Select(id => _ids.GetValueOrDefault(id, id))],
            // An annotation in a group that the person does not belong to here becomes private.
            GroupId = isMember ? draft.GroupId : Viewer.PublicGroup,
            Shared = draft.Shared && isMember,
        };
        if (isTheirs && isMember)
            return owned;
        var original = new Original(PublicId.Of(draft.Id), provenance.Author.ToString(), provenance.DisplayName, draft.GroupId);
        return owned with
        {
            Provenance = provenance with { Author = Owner, DisplayName = isTheirs ? provenance.DisplayName : null },
            Received = draft.Received with
            {
                Extra = UnknownKeys.With(
                    draft.Received.Extra, UnknownKeys.Original, JsonSerializer.Serialize(original, JsonSerializerOptions.Web)),
            },
        };
    }

    /// <summary>Who wrote it where, under which id, before it was imported.</summary>
    private sealed record Original(string Id, string User, string? DisplayName, string Group);
}
