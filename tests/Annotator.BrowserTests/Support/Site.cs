using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Exchange.Demo;
using Annotator.Domain.Kernel;
using Annotator.Domain.Changes;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Web;
using Annotator.Web.Features.Sources;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.BrowserTests.Support;

/// <summary>The whole program on a free port and a database of its own.</summary>
public class Site : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly Dictionary<string, Viewer> _members = [];
    private readonly ErrorLog _log = new();
    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    internal AnnotationWriter Writer => Services.GetRequiredService<AnnotationWriter>();
    internal BatchWriter Batches => Services.GetRequiredService<BatchWriter>();
    internal SourceAddresses Addresses => Services.GetRequiredService<SourceAddresses>();
    internal AnnotationRemoval Removal => Services.GetRequiredService<AnnotationRemoval>();

    internal Requests Requests { get; } = new();

    /// <summary>How many streams of changes are open.</summary>
    public int Listeners => Services.GetRequiredService<ChangeHub>().Count;

    /// <summary>How many parts of pages were rendered for those that are open.</summary>
    public int RenderedParts => Services.GetRequiredService<SharedParts>().Rendered;

    internal SourceTexts Snapshots => Services.GetRequiredService<SourceTexts>();

    /// <summary>Lets every text wait that somebody adds, until it is disposed of.</summary>
    internal HeldTexts HoldTexts() => new(Services.GetRequiredService<TextWorkers>());

    private protected T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    private IServiceProvider Services => _app?.Services ?? throw new InvalidOperationException("The program does not run.");

    public virtual async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_database is not null)
            await _database.DropAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the program, after <see cref="StopAsync"/> at the same address.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(AnnotatorApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--urls", Address],
        });
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton<IStartupFilter>(Requests);
        // A password is slow to check on purpose; these guard nothing.
        builder.Services.Configure<PasswordHasherOptions>(hash => hash.IterationCount = 1);
        _app = AnnotatorApp.Build(builder, ConnectionTo(_database!.ConnectionString), new AnnotatorOptions());
        await _app.StartAsync();
        Address = _app.Urls.Single();
    }

    /// <summary>Ends the program at once, whatever it is doing.</summary>
    public async Task StopAsync()
    {
        if (_app is not { } app)
            return;
        _app = null;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        // What was answered just then has lost its services.
        _log.Take();
    }

    /// <summary>Ends the program as a signal does: what is open may end by itself.</summary>
    public async Task EndAsync() => await _app!.StopAsync(Ct);

    /// <summary>What the program logged as errors since the last time it was asked.</summary>
    public IReadOnlyList<string> TakeErrors() => _log.Take();

    /// <summary>A member with the password <see cref="Password"/>. The administrator is Keeper.</summary>
    public async Task<Viewer> MemberAsync(string name)
    {
        if (_members.TryGetValue(name, out var known))
            return known;
        if (_members.Count == 0)
            _members["Keeper"] = await JoinAsync("Keeper");
        return _members.TryGetValue(name, out var keeper) ? keeper : _members[name] = await JoinAsync(name);
    }

    public async Task<bool> IsAdministratorAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(name))?.IsAdministrator
            ?? throw new InvalidOperationException($"There is no {name}.");
    }

    public Task AdministrateAsync(string name, bool administrates) =>
        InStoreAsync(db => db.Users.Where(a => a.UserName == name)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsAdministrator, administrates), Ct));

    /// <summary>Reads or changes the store past the program, as another instance of it would.</summary>
    public async Task<T> InStoreAsync<T>(Func<AnnotatorDb, Task<T>> work)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        return await work(db);
    }

    /// <summary>Adds the demo library.</summary>
    /// <summary>How the program reaches the database.</summary>
    private protected virtual string ConnectionTo(string database) => database;

    protected Task LoadDemoAsync() => Services.GetRequiredService<DemoLibrary>().LoadAsync(null, Ct);

    /// <summary>How many annotations are stored, of all sources or of one.</summary>
    public async Task<int> CountAsync(Guid? source = null)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        return await db.Annotations.CountAsync(a => source == null || a.SourceId == source, Ct);
    }

    /// <summary>Lets every search wait until the transaction is disposed of.</summary>
    public async Task<IAsyncDisposable> BlockSearchAsync()
    {
        var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlAsync($"lock table annotation_search", Ct);
        return db;
    }

    private async Task<Viewer> JoinAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var (account, errors) = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember(name, $"{name}@reading.example", Password), Ct);
        return new Viewer((account ?? throw new InvalidOperationException(string.Join(' ', errors))).Id);
    }
}
