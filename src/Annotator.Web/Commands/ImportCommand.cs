using System.CommandLine;
using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;

namespace Annotator.Web.Commands;

/// <summary><c>import FILE|-</c>: brings annotations into the store, believing the authors that the file names.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file, or - for standard input", HelpName = "FILE|-" };
    private static readonly Option<ImportFormat> Format = new("--format") { Description = "Told from the content when not given" };
    private static readonly Option<string?> As = new("--as")
    {
        Description = "Who wrote what names no author, such as a plain feed", HelpName = "NAME",
    };
    private static readonly Option<string?> Title = new("--title") { Description = "What a plain feed is about", HelpName = "TEXT" };
    private static readonly Option<string?> Uri = new("--uri") { Description = "Address of what a plain feed is about", HelpName = "URI" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be imported, and store nothing" };

    public static Command Define(CommandContext context)
    {
        var command = new Command("import", "Import annotations: Hypothesis JSON, JSON Lines, or a plain feed of passages and comments")
        {
            File, Format, As, Title, Uri, DryRun,
        };
        command.SetAction((parsed, ct) => parsed.GetValue(DryRun) ? PreviewAsync(parsed, context, ct) : ImportAsync(parsed, context, ct));
        return command;
    }

    private static async Task<int> ImportAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var input = Open(parsed);
        await using var store = await context.OpenAsync(ct);
        var importer = store.Services.GetRequiredService<Importer>();
        var options = Options(parsed, store.Authority);
        var report = await ImportDisplay.FollowAsync(
            context.Terminal,
            options.FileName ?? "standard input",
            progress => importer.ImportAsync(Viewer.Operator, input, options, progress, ct)
        );
        return await ImportDisplay.ReportAsync(context.Terminal, report);
    }

    private static async Task<int> PreviewAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var input = Open(parsed);
        // A dry run opens no store, so the authority is not known. Any will do: the preview does not show it.
        await using var file = await AnnotationFile.OpenAsync(
            input, Options(parsed, "preview.invalid"), TimeProvider.System.GetUtcNow(), ct);
        return await PreviewDisplay.ShowAsync(context.Terminal, await file.PreviewAsync(PreviewDisplay.Shown, ct));
    }

    private static ImportOptions Options(ParseResult parsed, string authority) =>
        new()
        {
            Format = parsed.GetValue(Format),
            DefaultAuthority = authority,
            AsUser = parsed.GetValue(As) is { } name ? Userid.Parse(name, authority) : null,
            KeepAuthors = true,
            SourceTitle = parsed.GetValue(Title),
            SourceUri = parsed.GetValue(Uri),
            FileName = parsed.GetValue(File) is { } path and not "-" ? Path.GetFileName(path) : null,
        };

    private static Stream Open(ParseResult parsed) =>
        parsed.GetValue(File) is { } path and not "-" ? System.IO.File.OpenRead(path) : Console.OpenStandardInput();
}
