using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Groups;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Domain.Data;

/// <summary>The store: all tables of the program, in one PostgreSQL database.</summary>
public sealed class AnnotatorDb(DbContextOptions<AnnotatorDb> options)
    : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>The collation by which people read sorted text: the root order of the Unicode collation algorithm.</summary>
    public const string ReadersOrder = "und-x-icu";

    public DbSet<Person> People => Set<Person>();
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<SiteSetting> SiteSettings => Set<SiteSetting>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<SourceRevision> SourceRevisions => Set<SourceRevision>();
    public DbSet<SourceUri> SourceUris => Set<SourceUri>();
    public DbSet<FormerId> FormerIds => Set<FormerId>();

    /// <summary>The id of the source that a source was merged into; the given id where it was not merged, or never was one.</summary>
    internal async Task<Guid> PresentSourceIdAsync(Guid id, CancellationToken ct) =>
        await FormerIds.Where(f => f.Id == id && f.PassageId == null).Select(f => (Guid?)f.SourceId).FirstOrDefaultAsync(ct) ?? id;

    public DbSet<RemovedSource> RemovedSources => Set<RemovedSource>();
    public DbSet<UriClaim> UriClaims => Set<UriClaim>();
    public DbSet<SourceEntry> SourceEntries => Set<SourceEntry>();
    public DbSet<SourceActivity> SourceActivity => Set<SourceActivity>();
    public DbSet<Snapshot> Snapshots => Set<Snapshot>();
    public DbSet<Passage> Passages => Set<Passage>();
    public DbSet<PassagePlace> PassagePlaces => Set<PassagePlace>();
    public DbSet<Annotation> Annotations => Set<Annotation>();
    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();
    public DbSet<Change> Changes => Set<Change>();

    /// <summary>
    /// The keys that protect cookies and forms, shared by all instances of the program: people stay signed in across restarts.
    /// </summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>One way to configure the context, for the program, the tools and the tests.</summary>
    /// <param name="answers">Counts what the database answers; null where nobody asks.</param>
    public static void Configure(DbContextOptionsBuilder options, string connectionString, DatabaseAnswers? answers = null) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("migration"))
            .UseSnakeCaseNamingConvention()
            .AddInterceptors([ChangeRecorder.Instance, FailedCommands.Instance, .. answers is null ? [] : (IInterceptor[])[answers]]);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AnnotatorDb).Assembly);
    }
}
