using System.CommandLine;
using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Benchmarks;

/// <summary>Many have the page of a source open, a text of 240,000 characters with 50 comments, and one comment is written.</summary>
internal static class FanOutBenchmark
{
    private const int Passages = 10;
    private const int EachPassage = 5;
    private const int TextLength = 240_000;
    private static readonly Citation Text = new("urn:x-annotator:fan-out", "A text that many have open", "Nobody", "en");

    public static Command Command()
    {
        var pages = new Option<int>("--pages") { Description = "Open pages", DefaultValueFactory = _ => 500 };
        var program = new Option<string?>("--program") { Description = "Annotator.Web.dll of another build to measure", HelpName = "FILE" };
        var command = new Command(
            "fan-out",
            "One comment on a source that many have open: processor time, memory, time until the last page has it") { pages, program };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(pages), parsed.GetValue(program), ct));
        return command;
    }

    /// <param name="pages">Number of open pages, of visitors.</param>
    /// <param name="program">Annotator.Web.dll of another build; null for this one's.</param>
    private static async Task RunAsync(int pages, string? program, CancellationToken ct)
    {
        await using var store = await PrivateStore.StartAsync(ct);
        var builder = AnnotatorApp.Prepare(["--applicationName", "Annotator.Web"]);
        builder.Services.AddSingleton(Observability.CreateLogging(builder.Configuration, LogLevel.Warning));
        await using var services = AnnotatorApp.Build(builder, store.ConnectionString, Scenery.Settings);
        await Database.MigrateAsync(services.Services, ct);
        var (viewer, text) = await PrepareAsync(services.Services, ct);
        await using var served = await ServedProgram.StartAsync(
            program ?? Path.Combine(AppContext.BaseDirectory, "Annotator.Web.dll"), store.ConnectionString, store.Folder, ct);
        var open = await OpenAsync(new Uri(served.Address, $"/sources/{PublicId.Of(text.SourceId)}"), pages, ct);
        await Out.LineAsync($"{pages} open pages, one comment. The program alone: its processor time, and its memory before and at most.");
        await Out.LineAsync(
            $"{"Comment",-28}{"CPU s",8}{"median ms",11}{"last ms",9}{"memory MB",15}{"KB a page",11}{"failed",8}{"not seen",10} | {"library ms",10}{"most",8}");
        var writer = services.Services.GetRequiredService<AnnotationWriter>();
        await MeasureAsync(
            "first after the start", served, open, () => WriteAsync(writer, viewer, text, 0, Sentence(0), "first", ct), "first", ct);
        await MeasureAsync(
            "on a passage", served, open, () => WriteAsync(writer, viewer, text, 1, Sentence(1), "second", ct), "second", ct);
        await MeasureAsync(
            "on a passage, once more", served, open, () => WriteAsync(writer, viewer, text, 2, Sentence(2), "third", ct), "third", ct);
        await MeasureAsync(
            "on a new passage",
            served,
            open,
            () => WriteAsync(writer, viewer, text, 3, Sentence(Passages + 1), "fourth", ct),
            "fourth",
            ct);
        open.ForEach(p => p.Dispose());
        await UnchangedPages.MeasureAsync(served, $"/sources/{PublicId.Of(text.SourceId)}", ct);
    }

    private static async Task MeasureAsync(
        string name, ServedProgram served, List<OpenPage> open, Func<Task> write, string words, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), ct);
        var (cpu, memory, failures, read) = (served.Cpu, served.Memory, open.Sum(p => p.Failures), open.Sum(p => p.Read));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var library = ProbeAsync(served, end.Token);
        var seen = open.ConvertAll(p => p.SeeAsync(Body(words)));
        await write();
        var all = Task.WhenAll(seen);
        await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(60), ct));
        // What is still under way belongs to it.
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        await end.CancelAsync();
        var (times, most) = await library;
        var arrived = seen.Where(s => s.IsCompletedSuccessfully).Select(s => s.GetAwaiter().GetResult()).DefaultIfEmpty().ToList();
        var (pages, probes) = (Spread.Of(arrived), Spread.Of(times.DefaultIfEmpty()));
        await Out.LineAsync(
            $"{name,-28}{(served.Cpu - cpu).TotalSeconds,8:N2}{pages.Median,11:N0}{pages.Most,9:N0}{memory >> 20,7:N0} → {most >> 20,5:N0}{(open.Sum(p => p.Read) - read) / 1024 / open.Count,11:N0}{open.Sum(p => p.Failures) - failures,8}{seen.Count(s => !s.IsCompletedSuccessfully),10} | {probes.Median,10:N0}{probes.Most,8:N0}");
    }

    /// <summary>Somebody else opens the library again and again. Also reads the memory of the program.</summary>
    private static async Task<(List<double> Times, long Memory)> ProbeAsync(ServedProgram served, CancellationToken ct)
    {
        using var browser = new Browser(served.Address.ToString());
        var (times, memory) = (new List<double>(), served.Memory);
        while (!ct.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            await browser.SkimAsync("/", null, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            memory = Math.Max(memory, served.Memory);
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (times, memory);
    }

    private static async Task<List<OpenPage>> OpenAsync(Uri page, int pages, CancellationToken ct)
    {
        var open = Enumerable.Range(0, pages).Select(i => new OpenPage(page, i)).ToList();
        await Parallel.ForEachAsync(
            open,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct },
            async (one, token) => await one.OpenAsync(token));
        return open;
    }

    private static async Task<(Viewer Viewer, Snapshot Text)> PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var joined = await scope.ServiceProvider.GetRequiredService<Registration>()
            .JoinAsync(new NewMember("fan-out", "fan-out@reader.example", "correct horse battery"), ct);
        var viewer = new Viewer((joined.Account ?? throw new InvalidOperationException("The writer of the benchmark could not join.")).Id);
        var paragraphs = Enumerable.Range(0, Passages + 2)
            .Select(i =>
                $"{Sentence(i)} {string.Concat(Enumerable.Repeat("Other words stand around it. ", TextLength / 29 / (Passages + 2)))}")
            .ToList();
        var added = new ExtractedText(string.Join('\n', paragraphs.Select(p => $"<p>{p}</p>")), string.Join('\n', paragraphs));
        var text = await services.GetRequiredService<SourceTexts>()
            .StoreAsync(viewer, added, new TextDetails { Uri = Text.Uri, Title = Text.Title, Language = Text.Language }, ct);
        var writer = services.GetRequiredService<AnnotationWriter>();
        for (var i = 0; i < Passages * EachPassage; i++)
            await WriteAsync(writer, viewer, text, 100 + i, Sentence(i % Passages), $"number {i}", ct);
        return (viewer, text);
    }

    private static Task<AnnotationView> WriteAsync(
        AnnotationWriter writer, Viewer viewer, Snapshot text, int number, string quote, string words, CancellationToken ct) =>
        writer.CreateAsync(
            viewer,
            new AnnotationDraft
            {
                Id = Guid.ParseExact($"019b76db{number:x4}7000800000000000abcd", "N"),
                SourceId = text.SourceId,
                SnapshotId = text.Id,
                Quote = new Quote(quote),
                Body =
                    $"{Body(words)} What **strikes** me here: the sentence turns on its last word.\n\n- as in another place\n- and in a third",
                Language = "en",
                Tags = ["fan-out"],
            },
            ct);

    private static string Body(string words) => $"The {words} remark of all.";

    private static string Sentence(int passage) =>
        $"Sentence {passage} of a text that is read closely, with some words on either side of what matters.";
}
