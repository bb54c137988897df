using System.Text;

namespace Annotator.Benchmarks;

/// <summary>Sentences of words that do not exist, in the script of a language.</summary>
internal sealed class MadeUpWords
{
    private const int Vocabulary = 20_000;

    private readonly Func<int, string> _word;
    private readonly string _space;
    private readonly int _words;

    /// <summary>An alphabet: words of syllables, with spaces between.</summary>
    public MadeUpWords(string language, string vowels, string consonants)
    {
        Language = language;
        var (vowel, consonant) = (vowels.Split(' '), consonants.Split(' '));
        _word = rank => Spelled(rank, consonant, vowel);
        (_space, _words) = (" ", Vocabulary);
    }

    /// <summary>A script without spaces: its characters, from <paramref name="first"/> on.</summary>
    public MadeUpWords(string language, char first, int characters)
    {
        Language = language;
        _word = rank => ((char)(first + rank * 7 % characters)).ToString();
        (_space, _words) = ("", characters);
    }

    public string Language { get; }

    /// <param name="random">The same seed gives the same sentence.</param>
    /// <param name="length">Mean number of words.</param>
    public string Sentence(Random random, int length)
    {
        var text = new StringBuilder();
        for (var left = 1 + random.Next(2 * length); left > 0; left--)
            text.Append(_word(Rank(random, _words))).Append(left > 1 ? _space : ".");
        return text.ToString();
    }

    /// <summary>A number from 1 to <paramref name="count"/>, each about as often as its inverse.</summary>
    public static int Rank(Random random, int count) => (int)Math.Pow(count + 1, random.NextDouble());

    private static string Spelled(int rank, string[] consonants, string[] vowels)
    {
        var word = new StringBuilder();
        for (var rest = rank + consonants.Length; rest > 0; rest /= consonants.Length * vowels.Length)
            word.Append(consonants[rest % consonants.Length]).Append(vowels[rest / consonants.Length % vowels.Length]);
        return word.ToString();
    }
}
