using Annotator.Reliability.Load;
using Annotator.Reliability.Support;

namespace Annotator.Reliability.Faults;

/// <summary>One fault that strikes while people write and read, and what became of what they wrote.</summary>
/// <param name="Fault">As the table names it.</param>
/// <param name="Strike">Does the harm and ends its cause.</param>
internal sealed record Trial(string Fault, Func<Task> Strike)
{
    /// <summary>What starts the program again, for the table: where nothing is said, it must come back by itself.</summary>
    public string Back { get; init; } = "yes";

    /// <summary>Brings a program back that does not come back, so that the store can be looked at.</summary>
    public Func<Task>? Repair { get; init; }

    /// <summary>When the cause ended; by default when the strike has.</summary>
    public Func<long>? Since { get; init; }

    /// <summary>Connection string of the store, as long as it is there.</summary>
    public required Func<string> Store { get; init; }

    /// <summary>Characters that the program has printed so far.</summary>
    public Func<long> Printed { get; init; } = () => 0;

    public async Task RunAsync(Crowd crowd)
    {
        crowd.Forget();
        var (acknowledged, printed) = (crowd.Acknowledged, Printed());
        var isBusy = await crowd.IsBusyAsync();
        Assert.Empty(crowd.Answers.Odd.Take(10));
        Assert.True(isBusy, "Nobody could write before.");
        await Strike();
        var seconds = await crowd.BackAsync(Since?.Invoke() ?? Pace.Now);
        var answers = crowd.Answers;
        if (seconds is null && Repair is not null)
        {
            await Repair();
            await crowd.BackAsync(Pace.Now);
        }

        using var pause = await crowd.PauseAsync();
        var verdict = await StoreCheck.RunAsync(Store(), [.. crowd.Sent]);
        Report.Add(new Row(Fault)
        {
            Acknowledged = crowd.Acknowledged - acknowledged, Verdict = verdict, Seconds = seconds, Back = seconds is null ? "NEVER" : Back,
            Answers = answers, Printed = Printed() - printed,
        });
        Assert.True(verdict.IsGood, verdict.ToString());
        Assert.True(seconds is not null, $"{Fault}: it did not come back.");
        Assert.Empty(answers.Odd.Take(10));
    }
}
