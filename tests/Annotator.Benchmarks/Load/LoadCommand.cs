using System.CommandLine;

namespace Annotator.Benchmarks.Load;

/// <summary>The command <c>load</c>.</summary>
internal static class LoadCommand
{
    public static Command Make()
    {
        var data = new Option<string?>("--data") { Description = "Folder in which the store is kept for another run", HelpName = "FOLDER" };
        var records = Number("--records", "Records of the store, made up once", 1_000_000);
        var readers = Number("--readers", "People who read a page every 2 s", 200);
        var writers = Number("--writers", "People who write a comment every 5 s", 20);
        var seconds = Number("--seconds", "How long", 300);
        var pages = Number("--pages", "Source pages that are open at once afterwards; 0 leaves that out", 2_000);
        var brief = new Option<bool>("--brief")
        {
            Description = "Without memory, which is measured after minutes of rest, without pgbench and without open pages",
        };
        var program = new Option<string?>("--program") { Description = "Annotator.Web.dll of another build to measure", HelpName = "FILE" };
        var command = new Command("load", "Readers and writers at once on a large store: times, errors, processor time, memory")
        {
            data, records, readers, writers, seconds, pages, brief, program,
        };
        command.SetAction((parsed, ct) => LoadBenchmark.RunAsync(
            new LoadOptions(
                parsed.GetValue(data),
                parsed.GetValue(records),
                new CrowdPlan(parsed.GetValue(readers), parsed.GetValue(writers), parsed.GetValue(seconds)),
                parsed.GetValue(pages),
                parsed.GetValue(brief),
                parsed.GetValue(program)),
            ct));
        return command;
    }

    private static Option<int> Number(string name, string description, int usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}
