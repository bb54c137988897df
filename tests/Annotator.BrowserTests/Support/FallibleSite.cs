using Annotator.Domain.Data;
using Annotator.Reliability.Faults;

namespace Annotator.BrowserTests.Support;

/// <summary>The program with a database that can be taken away from it and given back.</summary>
public sealed class FallibleSite : Site
{
    private Relay? _relay;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }

    public async Task TakeDatabaseAsync()
    {
        _relay!.Refuse();
        await ReadyAsync(isReady: false);
    }

    public async Task GiveDatabaseBackAsync()
    {
        _relay!.Mend();
        await ReadyAsync(isReady: true);
        // The frameworks log what the program explains in one line.
        TakeErrors();
    }

    // As the program sees it.
    private Task ReadyAsync(bool isReady) => Until.HoldsAsync(async () =>
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        using var http = new HttpClient();
#pragma warning restore RS0030
        using var answer = await http.GetAsync(new Uri($"{Address}/health/ready"), Ct);
        return answer.IsSuccessStatusCode == isReady && Service<DatabaseOutage>().IsOn != isReady;
    });

    private protected override string ConnectionTo(string database) => (_relay ??= new Relay(database)).ConnectionString;
}
