using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class AnnotationRecordTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly Received Came = new()
    {
        Selectors = """[{"type":"RangeSelector"}]""",
        Extra = """{"hypothesis":{"colour":1},"original":{"user":"acct:noor@elsewhere.example"}}""",
        Targets = [new("https://b.example/"), new("https://c.example/", "[]")],
    };

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task A_record_holds_what_is_said_about_what_and_what_came_with_it()
    {
        var mei = await _store.PersonAsync("Mei");
        var quote = new Quote("Simplify, simplify!", "before ", " after", 7, 26);
        var written = await _store.WriteAsync(
            mei, Drafts.CommentOn(quote, "Twice?", new("http://texts.example/walden#page", null, null, null)) with { Received = Came });
        var record = await _store.Reader.RecordAsync(mei, written.Id, Ct);
        Assert.Equivalent(written, record.Annotation, strict: true);
        Assert.Equal("http://texts.example/walden#page", record.Annotation.WebUri);
        Assert.Equal((written.SourceId, written.PassageId), (record.Source.Id, record.Passage?.Id));
        Assert.Equal(quote, record.Passage!.Quote);
        Assert.Equal(Came, record.Received);
        var note = await _store.WriteAsync(mei, Drafts.PageNote("On my shelf.", new(null, "A letter", "Grandmother", "en")));
        var bare = await _store.Reader.RecordAsync(mei, note.Id, Ct);
        Assert.Equal((null, null, "A letter", "Grandmother"), (bare.Passage, bare.Annotation.Uri, bare.Source.Title, bare.Source.Author));
        Assert.Equal(Received.Nothing, bare.Received);
    }

    [Fact]
    public async Task Who_wrote_it_elsewhere_is_shown_to_whom_it_belongs_alone()
    {
        var mei = await _store.PersonAsync("Mei.Owns");
        var tom = await _store.PersonAsync("Tom.Looks");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("Found it") with { Received = Came });
        await _store.Writer.EditAsync(mei, written.Id, new AnnotationEdit(1, "Found it!", null, [], Shared: true), Ct);
        var seen = Came with { Extra = """{"hypothesis":{"colour":1}}""" };
        foreach (var viewer in new[] { tom, Viewer.Visitor, Viewer.Operator })
        {
            Assert.Equal(seen, (await _store.Reader.RecordAsync(viewer, written.Id, Ct)).Received);
            Assert.Equal(seen, Assert.Single(await _store.Reader.HistoryAsync(viewer, written.Id, Ct)).Received);
        }

        Assert.Equal(Came, (await _store.Reader.RecordAsync(mei, written.Id, Ct)).Received);
        Assert.Equal(Came, Assert.Single(await _store.Reader.HistoryAsync(mei, written.Id, Ct)).Received);
    }

    [Fact]
    public async Task The_state_of_moderation_is_shown_to_the_author_and_to_moderators()
    {
        var mei = await _store.PersonAsync("Mei.Moderated");
        var tom = await _store.PersonAsync("Tom.Unmoderated");
        var ada = (await _store.PersonAsync("Ada.Moderates")) with { IsAdministrator = true };
        var written = await _store.WriteAsync(mei, Drafts.PageNote("He did it"));
        Assert.Null((await _store.Reader.RecordAsync(tom, written.Id, Ct)).Moderation);
        await _store.Moderation.ModerateAsync(ada, written.Id, ModerationState.Hidden, "Spoils the end", Ct);
        foreach (var viewer in new[] { mei, ada })
        {
            Assert.Equal(
                new ModerationView(ModerationState.Hidden, "Spoils the end"),
                (await _store.Reader.RecordAsync(viewer, written.Id, Ct)).Moderation);
        }
        await Assert.ThrowsAsync<Missing>(() => _store.Reader.RecordAsync(tom, written.Id, Ct));
    }

    [Fact]
    public async Task Results_show_the_address_that_the_annotation_came_with()
    {
        var mei = await _store.PersonAsync("Mei.Finds");
        await _store.WriteAsync(mei, Drafts.PageNote("quagga one", new("https://texts.example/quagga", "Quagga", null, "en")));
        await _store.WriteAsync(mei, Drafts.PageNote("quagga two", new("http://texts.example/quagga#two", null, null, null)));
        var hits = (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse("quagga"), new SearchOptions(), Ct)).Hits;
        Assert.Single(hits.Select(h => h.Source.Id).Distinct());
        Assert.Equal(["http://texts.example/quagga#two", "https://texts.example/quagga"], hits.Select(h => h.Annotation.Uri));
    }

    /// <summary>What a page does not show of a record is not read for it.</summary>
    [Fact]
    public async Task A_part_of_a_record_costs_its_own_columns_only()
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var sql = db.Annotations.Views(db, Viewer.Visitor).ToQueryString();
        Assert.Contains("person", sql, StringComparison.Ordinal);
        foreach (var table in new[] { "FROM source", "passage AS", "annotation_target", "selectors", "extra" })
            Assert.DoesNotContain(table, sql, StringComparison.Ordinal);
    }
}
