using Annotator.Domain.Data;
using Annotator.Reliability.Load;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Reliability.Faults;

/// <summary>Two instances that begin together on an empty database, and of which one ends.</summary>
public sealed class TwoInstancesTests
{
    [Fact]
    public async Task Both_start_at_once_and_one_goes_on_without_the_other()
    {
        var database = await TestDatabase.CreateAsync(isEmpty: true);
        try
        {
            await using var one = Instance.Serve(database.ConnectionString, "--Annotator:Demo=true");
            await using var other = Instance.Serve(database.ConnectionString, "--Annotator:Demo=true");
            var addresses = await Task.WhenAll(one.AddressAsync(), other.AddressAsync());
            await AssertWholeAsync(database.ConnectionString);
            await using var proxy = await Proxy.StartAsync(addresses);
            await using var crowd = await Crowd.StartAsync(() => proxy.Address);
            var trial = new Trial("one of two instances killed", one.KillAsync)
            {
                Store = () => database.ConnectionString, Printed = () => one.Printed + other.Printed,
            };
            await trial.RunAsync(crowd);
        }
        finally
        {
            await database.DropAsync();
        }
    }

    // One migration of each name, one demo library, one key that protects cookies.
    private static async Task AssertWholeAsync(string connectionString)
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, connectionString);
        await using var db = new AnnotatorDb(options.Options);
        var (known, applied) = (db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync(Ct)).ToList());
        var verdict = new Verdict();
        verdict.Lost.AddRange(known.Except(applied, StringComparer.Ordinal).Select(m => $"migration {m}"));
        if (await db.DataProtectionKeys.CountAsync(Ct) is not 1 and var keys)
            verdict.Doubled.Add($"{keys} keys");
        var texts = await db.Snapshots.GroupBy(s => s.SourceId).Select(s => s.Count()).ToListAsync(Ct);
        verdict.Doubled.AddRange(texts.Where(t => t > 1).Select(t => $"{t} texts of one source of the demo library"));
        if (texts.Count == 0 || !await db.Annotations.AnyAsync(Ct))
            verdict.Half.Add("the demo library is not there");
        verdict.Half.AddRange(await StoreState.FaultsAsync(connectionString));
        Report.Add(new Row("two instances start at once")
        {
            Acknowledged = await db.Annotations.CountAsync(Ct), Verdict = verdict, Back = "yes",
        });
        Assert.True(verdict.IsGood, verdict.ToString());
    }
}
