using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Exchange;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.People;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Annotator.Tests.Support;

/// <summary>An empty store in a PostgreSQL database of its own, with the services of the domain on it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private TestStore(TestDatabase database)
    {
        _database = database;
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, database.ConnectionString);
        Databases = new PooledDbContextFactory<AnnotatorDb>(options.Options);
        Reader = new AnnotationReader(Databases);
        Writer = new AnnotationWriter(Databases, Detector, Reader, Addresses = new SourceAddresses(Databases, Clock), Clock);
    }

    /// <summary>Reads texts for all tests of the process, as the program does.</summary>
    public static TextWorkers Workers { get; } = new(new TextWorkerOptions { Program = WorkerProgram.Command });

    public FakeTime Clock { get; } = new();
    public LanguageDetector Detector { get; } = new();
    public IDbContextFactory<AnnotatorDb> Databases { get; }
    public string ConnectionString => _database.ConnectionString;
    public AnnotationReader Reader { get; }
    public SourceAddresses Addresses { get; }
    public AnnotationWriter Writer { get; }
    public SourceCorrection Corrections => new(Databases, Clock);
    public SourceRemoval SourceRemoval => new(Databases, Clock);
    public AnnotationRemoval Removal => new(Databases, Reader, Addresses, Clock);
    public AnnotationModeration Moderation => new(Databases, Clock);
    public BatchWriter Batches => new(Databases, Detector, Addresses, Clock);
    public Viewers Viewers => field ??= new(Databases, new PeopleDirectory(Databases), Clock);
    public AccountSessions Sessions => field ??= new(Databases, Viewers, Clock);
    public DatabaseOutage Outage =>
        new(new DatabaseProbe(Databases, new DatabaseAnswers()), TimeProvider.System, NullLogger<DatabaseOutage>.Instance);
    public Library Library => new(Databases);
    public SourceReader Sources => field ??= new(Databases);
    public SourceTexts Texts => new(Databases, new Fetcher(new FetchOptions(), Clock), Workers, Detector, Clock);
    public Importer Importer => new(Batches, new PeopleDirectory(Databases), Clock);
    public PassagePlacer Placer => new(Databases);
    public AnnotationSearch Search => new(Databases, new TimeWindows(Clock), Clock) { StatementTimeout = TimeSpan.FromSeconds(30) };

    public IndexUpkeep Upkeep => new(Databases, Clock);
    public SavedSearches SavedSearches => new(Databases, Clock);

    public static async Task<TestStore> CreateAsync() => new(await TestDatabase.CreateAsync());

    public async ValueTask DisposeAsync() => await _database.DropAsync();

    /// <summary>A person who belongs to the public group and to <paramref name="groups"/>, which are made when they are new.</summary>
    public async Task<Viewer> PersonAsync(string name, params string[] groups)
    {
        await using var db = await Databases.CreateDbContextAsync(Ct);
        var person = Person.Named(new Userid(name, "library.example"), null, Clock.GetUtcNow());
        db.People.Add(person);
        foreach (var group in groups)
        {
            if (!await db.Groups.AnyAsync(g => g.Id == group, Ct))
                db.Groups.Add(Group.Create(group, group, GroupKind.Private, Clock.GetUtcNow()));
            db.Memberships.Add(Membership.Of(person.Id, group, Clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(Ct);
        return new Viewer(person.Id) { Reads = groups, Writes = groups };
    }

    /// <summary>Waits until a session of this database waits for a lock, or until <paramref name="other"/> ends without.</summary>
    public async Task UntilSomebodyWaitsAsync(Task other)
    {
        await using var db = await Databases.CreateDbContextAsync(Ct);
        await Until.HoldsAsync(async () => other.IsCompleted || await db.Database
            .SqlQuery<bool>(
                $"select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as \"Value\"").SingleAsync(Ct));
    }

    /// <summary>Adds a text of one paragraph.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> AddTextAsync(Viewer person, Citation citation, bool shared, string paragraph) =>
        (await Texts.StoreAsync(person, Drafts.Text(paragraph), citation.Details() with { Shared = shared }, Ct)).Id;

    /// <summary>Writes one annotation; the clock goes on by a second, so that no two are written at once.</summary>
    public async Task<AnnotationView> WriteAsync(Viewer author, AnnotationDraft draft)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return await Writer.CreateAsync(author, draft, Ct);
    }
}

/// <summary>One store for all tests of a class: they must not mind what the others write.</summary>
public sealed class SharedStore : IAsyncLifetime
{
    private TestStore? _store;

    internal TestStore Store => _store ?? throw new InvalidOperationException("The store is made when the first test of the class starts.");

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }
}
