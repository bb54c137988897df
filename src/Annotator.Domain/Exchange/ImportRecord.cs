using Annotator.Domain.Annotations;

namespace Annotator.Domain.Exchange;

/// <summary>One record of a file: an annotation, or why it is none.</summary>
/// <param name="Number">Line where the record begins; in one JSON document its place among the records. From 1.</param>
/// <param name="Draft">Null when refused.</param>
/// <param name="Refusal">Why it cannot be read, in English; null when it was read.</param>
/// <param name="Size">Bytes of the record in the file.</param>
public sealed record ImportRecord(long Number, AnnotationDraft? Draft, string? Refusal, long Size)
{
    internal static ImportRecord Of(long number, AnnotationDraft draft, long size) => new(number, draft, null, size);

    internal static ImportRecord Refused(long number, string reason, long size = 0) => new(number, null, reason, size);
}
