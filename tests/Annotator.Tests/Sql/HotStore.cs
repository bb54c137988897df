using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Annotator.Tests.Sql;

/// <summary>A store with a little of everything, asked by a member of a private group, and what it sends for each hot query.</summary>
public sealed class HotStore : IAsyncLifetime
{
    private readonly SentSql _sent = new();
    private TestStore? _store;
    private IDbContextFactory<AnnotatorDb>? _databases;
    private Viewer _mei = Viewer.Visitor;
    private AnnotationView? _said;
    private Guid _read;

    private TestStore Store => _store!;
    private IDbContextFactory<AnnotatorDb> Databases => _databases!;
    private AnnotationSearch Search =>
        new(Databases, new TimeWindows(Store.Clock), Store.Clock) { StatementTimeout = TimeSpan.FromSeconds(30) };

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, _store.ConnectionString);
        options.AddInterceptors(_sent);
        _databases = new PooledDbContextFactory<AnnotatorDb>(options.Options);
        _mei = await Store.PersonAsync("Mei", "circle");
        _said = await Store.WriteAsync(_mei, Drafts.CommentOn(Drafts.Desperation, "Often misquoted") with { Tags = ["ethics"] });
        await Store.WriteAsync(_mei, Drafts.ReplyTo(_said, "Indeed"));
        await Store.Writer.EditAsync(_mei, _said.Id, new AnnotationEdit(1, "Often misquoted, alas", null, ["ethics"], true), Ct);
        _read =
            (await Store.Texts.AddAsync(
                _mei, new IncomingText.Pasted("It was a quiet desperation."), new TextDetails { Title = "A text" }, Ct)).SourceId;
        await Store.WriteAsync(_mei, Drafts.CommentOn("a quiet desperation", "Here too") with { Source = null, SourceId = _read });
        // One source is counted, one is to be counted anew.
        await new SourceCounts(Databases).RenewAsync(Ct);
        await Store.WriteAsync(_mei, Drafts.PageNote("Only for me").Private());
        // Where the passage stands in the text is found by whoever opens it first.
        await Store.Sources.ReadAsync(_mei, _read, Ct);
        await using (var db = await Store.Databases.CreateDbContextAsync(Ct))
        {
            db.Users.Add(new Account
            {
                Id = _mei.RequirePerson(), UserName = "Mei", NormalizedUserName = "MEI", Created = Store.Clock.GetUtcNow(),
            });
            await db.SaveChangesAsync(Ct);
        }

        await Store.SavedSearches.SaveAsync(_mei, SearchQuery.Parse("ethics"), "Ethics", Ct);
    }

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    /// <summary>The statements of a query, in the order in which they are sent.</summary>
    internal async Task<string> SentAsync(string query)
    {
        _sent.Take();
        await AskAsync(query);
        return _sent.Take();
    }

    private Task AskAsync(string query) => query switch
    {
        "library" => new Library(Databases).BrowseAsync(_mei, new LibraryQuery(), Ct),
        "library-by-title" => new Library(Databases).BrowseAsync(_mei, new LibraryQuery { Order = LibraryOrder.Title }, Ct),
        "library-filtered" => new Library(Databases).BrowseAsync(_mei, new LibraryQuery { Language = "en", Tag = "ethics" }, Ct),
        "source" => new SourceReader(Databases).ReadAsync(_mei, _said!.SourceId, Ct),
        "source-with-text" => new SourceReader(Databases).ReadAsync(_mei, _read, Ct),
        "permalink" => new SourceReader(Databases).ReadThreadAsync(_mei, _said!.Id, Ct),
        "history" => new AnnotationReader(Databases).HistoryAsync(_mei, _said!.Id, Ct),
        "search-newest" => Search.FindAsync(_mei, SearchQuery.Parse("quiet desperation"), new SearchOptions { WithFacets = false }, Ct),
        "search-best" =>
            Search.FindAsync(
                _mei, SearchQuery.Parse("quiet desperation"), new SearchOptions { Order = SearchOrder.Best, WithFacets = false }, Ct),
        "search-count" => Search.CountAsync(_mei, SearchQuery.Parse("ethics"), Ct),
        "search-page" => Search.FindAsync(_mei, SearchQuery.Parse("ethics"), new SearchOptions(), Ct),
        "search-suggestion" => Search.FindAsync(_mei, SearchQuery.Parse("misqoted"), new SearchOptions(), Ct),
        "saved-searches" => new SavedSearches(Databases, Store.Clock).ListAsync(_mei, Ct),
        "page-version" => new ChangeLog(Databases).VersionAsync(_mei, _said!.SourceId, Ct),
        "viewer" => new Viewers(Databases, new PeopleDirectory(Databases), Store.Clock).OfAsync(_mei.RequirePerson(), Ct),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "No such query."),
    };
}
