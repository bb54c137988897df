using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

public sealed class AddressCorrectionTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Addresses_and_kind_are_corrected_for_everybody_with_history()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Moves"), await _store.PersonAsync("Tom.Follows"));
        var (wrong, right, other) = (Drafts.Unique("Moved"), Fresh(), Fresh());
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Here", wrong));
        var later = await _store.WriteAsync(tom, Drafts.PageNote("Later", wrong));
        await CorrectAsync(mei, note, SourceKind.Book, $" {right} ", "", other);
        foreach (var viewer in new[] { mei, tom, Viewer.Visitor })
        {
            var source = await _store.Sources.DetailsAsync(viewer, note.SourceId, Ct);
            Assert.Equal([right, other], source.Uris);
            Assert.Equal(SourceKind.Book, source.Kind);
            var before = Assert.Single(await _store.Corrections.HistoryAsync(viewer, note.SourceId, Ct));
            Assert.Equal([wrong.Uri!], before.Addresses);
            Assert.Equal(SourceKind.Unknown, before.Kind);
        }

        // What is written at the new address joins, what is written at the old one does not.
        Assert.Equal(note.SourceId, (await _store.WriteAsync(tom, Drafts.PageNote("There", At(right)))).SourceId);
        Assert.NotEqual(note.SourceId, (await _store.WriteAsync(tom, Drafts.PageNote("Elsewhere", wrong))).SourceId);
        Assert.Equal(right, (await _store.Reader.FindAsync(tom, later.Id, Ct)).WebUri);
        await CorrectAsync(mei, note, SourceKind.Book, other, right);
        Assert.Equal([other, right], (await _store.Sources.DetailsAsync(tom, note.SourceId, Ct)).Uris);
        await CorrectAsync(mei, note, SourceKind.Book, other, right);
        Assert.Equal(2, (await _store.Corrections.HistoryAsync(mei, note.SourceId, Ct)).Count);
    }

    [Fact]
    public async Task A_corrected_source_stays_whole_when_addresses_are_compared_anew()
    {
        var mei = await _store.PersonAsync("Mei.Stays");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Here", Drafts.Unique("Whole")));
        await CorrectAsync(mei, note, SourceKind.Page, Fresh());
        await using (var db = await _store.Databases.CreateDbContextAsync(Ct))
            await db.SourceUris.ExecuteUpdateAsync(set => set.SetProperty(u => u.Version, 0), Ct);
        Assert.DoesNotContain(
            await _store.Addresses.RenewAsync(Ct), line => line.Contains(PublicId.Of(note.SourceId), StringComparison.Ordinal));
        Assert.Equal(note.SourceId, (await _store.Reader.FindAsync(mei, note.Id, Ct)).SourceId);
    }

    [Fact]
    public async Task A_source_that_is_called_by_its_address_is_called_by_the_new_one()
    {
        var mei = await _store.PersonAsync("Mei.Calls");
        var right = Fresh();
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Here", At(Fresh())));
        await CorrectAsync(mei, note, SourceKind.Unknown, right);
        Assert.Equal(right, await _store.Sources.TitleAsync(Viewer.Visitor, note.SourceId, Ct));
    }

    [Fact]
    public async Task An_address_of_another_source_that_one_sees_is_refused_and_nothing_changes()
    {
        var mei = await _store.PersonAsync("Mei.Takes");
        var (mine, taken) = (Drafts.Unique("Mine"), Drafts.Unique("Taken"));
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Mine", mine));
        var other = await _store.WriteAsync(await _store.PersonAsync("Tom.Has"), Drafts.PageNote("Theirs", taken));
        Assert.Equal(("uri", "taken_by_source"), await RefusedAsync(mei, note, Fresh(), taken.Uri!));
        Assert.Equal([mine.Uri!], (await _store.Sources.DetailsAsync(mei, note.SourceId, Ct)).Uris);
        Assert.Equal([taken.Uri!], (await _store.Sources.DetailsAsync(mei, other.SourceId, Ct)).Uris);
        Assert.Empty(await _store.Corrections.HistoryAsync(mei, note.SourceId, Ct));
    }

    [Fact]
    public async Task An_address_where_somebody_keeps_private_notes_is_answered_like_a_free_one()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Asks"), await _store.PersonAsync("Tom.Hides"));
        var secret = Drafts.Unique("A secret title");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Mine", Drafts.Unique("Asked")));
        var kept = await _store.WriteAsync(tom, Drafts.PageNote("Kept", secret).Private());
        await CorrectAsync(mei, note, SourceKind.Unknown, secret.Uri!);
        var seen = await _store.Sources.ReadAsync(mei, note.SourceId, Ct);
        Assert.Equal(("Asked", 1), (seen.Source.Title, seen.Annotations.Count()));
        // Their writer finds the notes where the address is now, and everywhere else.
        Assert.Equal(note.SourceId, (await _store.Reader.FindAsync(tom, kept.Id, Ct)).SourceId);
        Assert.Equal(2, (await _store.Sources.ReadAsync(tom, note.SourceId, Ct)).Annotations.Count());
        await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(mei, kept.Id, Ct));
    }

    [Theory]
    [InlineData("javascript:alert(1)", "unsafe_scheme")]
    [InlineData("data:text/html,x", "unsafe_scheme")]
    [InlineData("file:///etc/passwd", "local_file")]
    [InlineData("not an address", "malformed")]
    public async Task An_address_that_cannot_be_opened_safely_is_refused(string address, string reason)
    {
        var mei = await _store.PersonAsync($"Mei.Refused{address.Length}");
        var note = await _store.WriteAsync(mei, Drafts.PageNote("Here", Drafts.Unique("Safe")));
        Assert.Equal(("uri", reason), await RefusedAsync(mei, note, address));
    }

    [Fact]
    public async Task Name_and_password_in_an_address_are_neither_stored_nor_shown()
    {
        var mei = await _store.PersonAsync("Mei.Secret");
        var (host, note) = ($"{Guid.CreateVersion7():N}.example", await _store.WriteAsync(
            mei, Drafts.PageNote("Here", Drafts.Unique("Open"))));
        await CorrectAsync(mei, note, SourceKind.Unknown, $"https://mei:secret@{host}/page");
        await CorrectAsync(mei, note, SourceKind.Page, $"https://{host}/page");
        Assert.Equal([$"https://{host}/page"], (await _store.Sources.DetailsAsync(mei, note.SourceId, Ct)).Uris);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.False(await db.SourceUris.AnyAsync(u => u.Uri.Contains("secret@"), Ct));
        Assert.False(await db.Annotations.AnyAsync(a => a.Uri!.Contains("secret@"), Ct));
        Assert.DoesNotContain(
            await _store.Corrections.HistoryAsync(mei, note.SourceId, Ct),
            r => r.Addresses.Any(a => a.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_address_of_a_private_source_stays_with_who_reads_it()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei.Alone"), await _store.PersonAsync("Tom.Alone"));
        var right = Fresh();
        var kept = await _store.WriteAsync(mei, Drafts.PageNote("Private", Drafts.Unique("Alone")).Private());
        Assert.Equal(("uri", "too_many"), await RefusedAsync(mei, kept, right, Fresh()));
        await CorrectAsync(mei, kept, SourceKind.Letter, right);
        Assert.Equal([right], (await _store.Sources.DetailsAsync(mei, kept.SourceId, Ct)).Uris);
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.DetailsAsync(tom, kept.SourceId, Ct));
        Assert.Empty(await _store.Corrections.HistoryAsync(mei, kept.SourceId, Ct));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.False(Assert.Single(await db.SourceUris.Where(u => u.SourceId == kept.SourceId).ToListAsync(Ct)).IsPublic);
    }

    private static string Fresh() => $"https://texts.example/{Guid.CreateVersion7():N}";

    private static Citation At(string uri) => new(uri, null, null, "en");

    private async Task CorrectAsync(Viewer viewer, AnnotationView said, SourceKind kind, params string[] addresses)
    {
        var now = await _store.Sources.DetailsAsync(viewer, said.SourceId, Ct);
        await _store.Corrections.CorrectAsync(
            viewer, said.SourceId, new SourceDetails(now.Title, now.Author, now.Language) { Kind = kind, Addresses = addresses }, Ct);
    }

    private async Task<(string Field, string Reason)> RefusedAsync(Viewer viewer, AnnotationView said, params string[] addresses)
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => CorrectAsync(viewer, said, SourceKind.Unknown, addresses));
        return (refused.Field, refused.Reason);
    }
}
