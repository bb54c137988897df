using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>What the reader's process gets and gives: a line of JSON before the bytes of the document, and one object as its answer.</summary>
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

    public static ReadingRefusal Of(Invalid invalid) => new(invalid.Field, invalid.Reason, invalid.Limit);

    public Invalid ToInvalid() => new(Field, Reason, Limit);
}
