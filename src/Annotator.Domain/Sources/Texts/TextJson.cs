using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// The protocol of the worker process: it gets a line of JSON (<see cref="DocumentInfo"/>) and then the bytes of the document on
/// standard input, and answers with one JSON object on standard output.
/// </summary>
[JsonSerializable(typeof(DocumentInfo))]
[JsonSerializable(typeof(ExtractedText))]
[JsonSerializable(typeof(ReadingRefusal))]
public sealed partial class TextJson : JsonSerializerContext
{
    /// <summary>Other scripts are written as they are: escaped, a Chinese text would be twice as long.</summary>
    public static TextJson Compact { get; } = new(new JsonSerializerOptions(JsonSerializerOptions.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}

/// <summary>Why a document is not read, see <see cref="Invalid"/>.</summary>
public sealed record ReadingRefusal(string Field, string Reason, int? Limit)
{
    /// <summary>Exit code of a process that answered with a refusal.</summary>
    public const int ExitCode = 3;

    /// <summary>The refusal as the worker process writes it.</summary>
    public static ReadingRefusal Of(Invalid invalid) => new(invalid.Field, invalid.Reason, invalid.Limit);

    /// <summary>The refusal as the server throws it.</summary>
    public Invalid ToInvalid() => new(Field, Reason, Limit);
}
