using System.Collections.Frozen;

namespace Annotator.Domain.Languages;

/// <summary>
/// Recognises languages of one script by their commonest function words (the, der, de la), in a few microseconds, where a text has
/// enough of them. Letter statistics take a hundred times as long and are used for the rest.
/// </summary>
internal static class FunctionWords
{
    // How many more such words of one language than of any other make it certain; there are fewer languages of the other scripts.
    private const int ClearLead = 3;
    private const int ClearLeadOfOthers = 1;

    private static readonly (string Code, string Words)[] Lists =
    [
        ("en", "the of and to in is that for it with as was on are this be by not have you from which or an but they can has their there been would will more when what who were all we if should its than into"),
        ("de", "der die das und ist nicht ein eine zu den mit sich des auf für dem von im auch es als an nach wie aus bei oder wird werden sind kann nur noch einer durch wenn wir über zum zur diese dieser haben hat"),
        ("fr", "le la les de des et est un une du en que qui dans pour pas sur au par plus ne se ce il sont avec cette ou aux être nous vous ont mais comme elle leur l d qu n"),
        ("es", "el la los las de del y en que es un una por con para no se su al lo como más pero sus este esta son hay o si ya también fue muy puede"),
        ("pt", "o a os as de do da dos das e em que é um uma por com para não se na no ao mais como mas seu sua foi são pelo pela ou ser está também"),
        ("it", "il lo la i gli le di del della e che è un una in per con non si al da sono come più ma anche nel alla dei delle questo questa ha essere o l"),
        ("nl", "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door maar worden wordt naar uit over kan deze dit hebben of"),
        ("sv", "och att det som en på är av för med till den har inte om ett i de var jag kan från eller så man när"),
        ("da", "og at det som en på er af for med til den har ikke om et i de var jeg kan fra eller så man når der blev bliver mig sig efter nogen noget meget nu hvad være hvem her men kun også vi"),
        ("nb", "og at det som en på er av for med til den har ikke om et i de var jeg kan fra eller så man når der ble blir meg seg etter noen noe mye nå hva være hvem her men bare også vi"),
        ("fi", "ja on ei että se oli hän joka mutta kun niin ovat myös tai voi kuin sen jos ole tämä"),
        ("is", "og að það sem er á í til við ekki um var en með fyrir af hann þegar eða"),
        ("pl", "i w na z nie się do że to jest jak o od po ale przez dla są tego być lub może"),
        ("cs", "a je se na v to že s z do jako pro ale by který nebo jsou byl tak jeho není může"),
        ("hu", "a az és hogy nem is egy ez azt de ha csak meg van volt mint vagy lehet"),
        ("ro", "și în de la cu nu a că este pe care din un o mai sau pentru se sunt fi"),
        ("tr", "ve bir bu için ile de da olarak daha çok olan gibi var ne kadar ancak değil"),
        ("vi", "và của là có không trong được cho một các những này với người để"),
        ("id", "dan yang di itu dengan untuk tidak ini dari dalam akan pada juga ke adalah atau"),
        ("ca", "i el la de que en els les un una per amb no és del al més com o dels l d"),
        ("ru", "и в не на что с как это по я он но из у за от о к то для бы же а да ли она они мы вы ты был была были быть если или уже только когда есть нет ещё так который которые мне меня тебе тебя его её их всё все при чтобы этот эта"),
        ("uk", "і в не на що з як це по я він але із у за від до та й а ти вона вони ми ви був була були бути якщо або чи вже тільки коли є немає ще так який які мені мене його її їх все при щоб для цей ця"),
        ("bg", "и в не на че с как това по аз той но от у за до се да са е ще ли към а тя те ние вие или вече само когато има няма който която които ми го я му ги при така беше са този тази"),
        ("ar", "في من على إلى أن هذا هذه التي الذي لا ما هو هي عن مع كل أو كان كانت لم لن قد بعد قبل بين عند إذا ثم هل ليس غير أي و"),
        ("fa", "در از به که این را با است آن برای تا بر هم یا نیز شد شده می نمی باشد اگر هر یک ها های بود کرد کند کنید چه همه هیچ پس و"),
        ("ur", "کے میں ہے کی کا کو سے اور پر نہیں یہ کہ نے بھی ہیں ایک وہ تھا تو جو ہو یا لیے کر اس ان و"),
        ("hi", "के में है की का को से और पर नहीं यह कि ने भी हैं एक वह था तो जो हो या लिए कर इस उस थी थे"),
        ("mr", "आहे आणि आहेत हा ही हे ते तो ती जे या की च्या चा ची चे मध्ये नाही एक पण होते होता होती करा साठी पर तर व"),
    ];

    private static readonly LanguageTag[] Languages = [.. Lists.Select(list => LanguageTag.Parse(list.Code))];

    // Bit n of a word's value: language n has it.
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> LanguagesOf = Lists
        .SelectMany((list, n) => list.Words.Split(' ').Select(word => (word, bit: 1 << n)))
        .GroupBy(entry => entry.word, StringComparer.Ordinal)
        .ToFrozenDictionary(entries => entries.Key, entries => entries.Aggregate(0, (bits, entry) => bits | entry.bit), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="words">Words parted by single spaces.</param>
    /// <returns>The language, or null where too few small words, or words of several languages, leave it open.</returns>
    public static LanguageTag? Language(ReadOnlySpan<char> words, bool isLatin)
    {
        Span<int> votes = stackalloc int[Lists.Length];
        Span<char> lower = stackalloc char[12];
        foreach (var part in words.Split(' '))
        {
            var length = words[part].ToLowerInvariant(lower);
            if (length > 0 && LanguagesOf.TryGetValue(lower[..length], out var languages))
            {
                for (; languages != 0; languages &= languages - 1)
                    votes[int.TrailingZeroCount(languages)]++;
            }
        }

        return Leader(votes, isLatin ? ClearLead : ClearLeadOfOthers);
    }

    private static LanguageTag? Leader(ReadOnlySpan<int> votes, int clearLead)
    {
        int leader = 0, second = 0;
        for (var n = 1; n < votes.Length; n++)
        {
            if (votes[n] > votes[leader])
            {
                (leader, second) = (n, votes[leader]);
            }
            else
            {
                second = Math.Max(second, votes[n]);
            }
        }

        return votes[leader] - second >= clearLead ? Languages[leader] : null;
    }
}
