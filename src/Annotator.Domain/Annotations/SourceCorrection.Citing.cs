using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

public sealed partial class SourceCorrection
{
    // Title and author are for those who read these annotations and texts.
    private async Task CiteAsync(
        AnnotatorDb db, Viewer viewer, Source source, (IReadOnlyList<string> Known, SourceDetails Now) said, CancellationToken ct)
    {
        var details = said.Now;
        var person = viewer.RequirePerson();
        source.CorrectLanguage(details.Language!);
        source.CorrectKind(details.Kind ?? source.Kind);
        if (details.Addresses is { } given)
        {
            // Of a source that not everybody sees, one address is shown.
            if (given.Count > 1)
                throw new Invalid("uri", "too_many", 1);
            var (old, address) = (said.Known.Count == 0 ? null : said.Known[0], given.Count == 0 ? null : given[0]);
            if (!string.Equals(old, address, StringComparison.Ordinal))
                await new AddressCorrection(db, clock.GetUtcNow()).CiteAsync(viewer, source, old, address, ct);
        }
        await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == source.Id && a.AuthorId == person)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.CitedTitle, details.Title).SetProperty(a => a.CitedAuthor, details.Author), ct);
        await ChangeLog.AddAsync(
            db,
            [Change.OfSource(ChangeKind.Source, ChangeAction.Update, source.Id, null, person, Audience.Author, Audience.Author)],
            ct);
        await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == source.Id && s.AddedById == person)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.CitedTitle, details.Title).SetProperty(s => s.CitedAuthor, details.Author), ct);
    }
}
