using System.CommandLine;
using System.Text.Json;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;
using Annotator.Web.Hosting;

namespace Annotator.Web.Commands;

/// <summary>
/// <c>text read FILE</c>: the text of a document. The document is read as the server reads it, in a process of its own within the
/// same limits: this very command with <c>--header</c>, which <see cref="TextWorkers"/> starts.
/// </summary>
internal static class TextCommand
{
    private static readonly TextWorkerOptions Usual = new();

    private static readonly Argument<string> FileName = new("file")
    {
        Description = "PDF, EPUB, HTML, Markdown or plain text; - for standard input",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "One object: text, html, title, author, language, format, outline, leftOut; or why not: field, reason, limit",
    };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the file, for standard input" };
    private static readonly Option<string?> Format = new("--type") { Description = "Media type, instead of finding it out" };
    private static readonly Option<string?> Charset = new("--charset") { Description = "Encoding, where the document does not name it" };
    private static readonly Option<Uri?> Address = new("--address")
    {
        Description = "Where a web page is from",
        CustomParser = a => Uri.TryCreate(a.Tokens[0].Value, UriKind.Absolute, out var uri) ? uri : null,
    };
    private static readonly Option<bool> Header = new("--header")
    {
        Description = "Standard input begins with a line of JSON: name, format, hint, charset, address",
        Hidden = true,
    };
    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "Processor time that it may take", DefaultValueFactory = _ => Usual.Seconds,
    };
    private static readonly Option<int> Megabytes = new("--megabytes")
    {
        Description = "Memory that it may take", DefaultValueFactory = _ => Usual.Megabytes,
    };

    public static Command Define(CommandContext context)
    {
        var read = new Command(
            "read", "Read the text of a document") { FileName, Json, Name, Format, Charset, Address, Header, Seconds, Megabytes };
        read.SetAction((parsed, ct) => parsed.GetValue(Header)
            ? Task.FromResult(ReadHere(parsed))
            : ReadAsync(parsed, context.Terminal, ct));
        return new Command("text", "Texts as the program reads them") { read };
    }

    private static async Task<int> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        var name = parsed.GetValue(FileName)!;
        var about = new DocumentInfo
        {
            Name = parsed.GetValue(Name) ?? (name is "-" ? null : name),
            Format = parsed.GetValue(Format),
            Charset = parsed.GetValue(Charset),
            Address = parsed.GetValue(Address),
        };
        var limits = Usual with
        {
            Program = WorkerProgram.Command, Seconds = parsed.GetValue(Seconds), Megabytes = parsed.GetValue(Megabytes),
        };
        using var workers = new TextWorkers(limits);
        try
        {
            await using var input = name is "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            var text = await workers.ReadAsync(input, about, ahead: null, ct);
            await terminal.Out.WriteLineAsync(
                parsed.GetValue(Json) ? JsonSerializer.Serialize(text, TextJson.Compact.ExtractedText) : text.Text);
            return CommandLine.Ok;
        }
        catch (Invalid invalid) when (parsed.GetValue(Json))
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(ReadingRefusal.Of(invalid), TextJson.Compact.ReadingRefusal));
            return ReadingRefusal.ExitCode;
        }
    }

    // On the main thread, whose stack is the largest and whose priority is lowered.
    private static int ReadHere(ParseResult parsed)
    {
        ProcessLimits.Apply(parsed.GetValue(Seconds), parsed.GetValue(Megabytes));
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        try
        {
            var about = JsonSerializer.Deserialize(Line(input), TextJson.Compact.DocumentInfo)!;
            JsonSerializer.Serialize(output, DocumentReader.Read(Rest(input), about), TextJson.Compact.ExtractedText);
            return CommandLine.Ok;
        }
        catch (Invalid invalid)
        {
            return Refuse(output, ReadingRefusal.Of(invalid));
        }
        catch (OutOfMemoryException)
        {
            return Refuse(output, new ReadingRefusal("file", "too_much_memory", parsed.GetValue(Megabytes)));
        }
        catch (InsufficientExecutionStackException)
        {
            return Refuse(output, new ReadingRefusal("file", "unreadable", null));
        }
    }

    private static int Refuse(Stream output, ReadingRefusal refusal)
    {
        JsonSerializer.Serialize(output, refusal, TextJson.Compact.ReadingRefusal);
        return ReadingRefusal.ExitCode;
    }

    private static byte[] Line(Stream input)
    {
        var line = new List<byte>();
        for (int read; (read = input.ReadByte()) is not (-1 or '\n');)
            line.Add((byte)read);
        // The server that started this process has closed its input without sending a document.
        return line.Count > 0 ? [.. line] : throw new Invalid("file", "required");
    }

    private static byte[] Rest(Stream input)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > Limits.File)
                throw new Invalid("file", "file_too_large", Limits.File / Limits.Megabyte);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
