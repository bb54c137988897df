using System.IO.Compression;
using Annotator.Domain.Kernel;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Annotator.Domain.Sources.Ingest;

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
            if (filter is FlateFilter && input.Length > 2)
                filters.Count(LengthOf(input[2..]));
            var output = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            filters.Count(output.Length);
            return output;
        }

        // Counted before anything is kept.
        private static int LengthOf(Memory<byte> packed)
        {
            using var stream = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[65_536];
            var length = 0;
            try
            {
                int read;
                while (length <= LargestPart && (read = stream.Read(buffer)) > 0)
                    length += read;
            }
            catch (InvalidDataException)
            {
                // The library repairs what it can.
            }

            return length;
        }
    }
}
