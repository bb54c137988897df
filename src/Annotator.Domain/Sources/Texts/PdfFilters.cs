using Annotator.Domain.Kernel;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Unpacks the parts of one PDF, which may be packed a thousand times smaller than they are.</summary>
internal sealed class PdfFilters : IFilterProvider
{
    private const int LargestPart = 64 * Limits.Megabyte;
    private const long Largest = 512L * Limits.Megabyte;

    private long _unpacked;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Bounded(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Bounded(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Bounded(DefaultFilterProvider.Instance.GetAllFilters());

    private List<IFilter> Bounded(IEnumerable<IFilter> filters) => [.. filters.Select(f => new BoundedFilter(f, this))];

    private void Count(int bytes)
    {
        _unpacked += bytes;
        if (bytes > LargestPart || _unpacked > Largest)
            throw new Invalid("file", "unreadable");
    }

    private sealed class BoundedFilter(IFilter filter, PdfFilters filters) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            filters.Count(LengthOf(input));
            var output = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            filters.Count(output.Length);
            return output;
        }

        // Counted before anything is kept.
        private int LengthOf(Memory<byte> packed) => filter switch
        {
            FlateFilter when packed.Length > 2 => PackedLength.OfFlate(packed[2..], LargestPart),
            // Which of the two ways it is packed in is said elsewhere in the file; the longer one counts.
            LzwFilter => Math.Max(PackedLength.OfLzw(packed.Span, 0, LargestPart), PackedLength.OfLzw(packed.Span, 1, LargestPart)),
            RunLengthFilter => PackedLength.OfRunLength(packed.Span, LargestPart),
            _ => 0,
        };
    }
}
