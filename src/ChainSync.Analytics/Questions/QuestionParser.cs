using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Slots;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions;

/// <summary>
/// Reads English questions about a shop's numbers into <see cref="AnalyticsQuery"/>, by rule and always the same way: words
/// are corrected, names are linked to the live names, phrases are cut by score, slots are read and defaults are said aloud.
/// It never runs anything. Safe for concurrent use; build one per set of live names.
/// </summary>
public sealed class QuestionParser
{
    private readonly MetricCatalogue _catalogue;
    private readonly ShopNames _names;
    private readonly QuestionOptions _options;
    private readonly Lexicon _lexicon;
    private readonly Spelling _spelling = new();
    private readonly Tagger _tagger;
    private readonly QueryValidator _validator;
    private readonly QueryWords _words;

    /// <summary>Makes a parser.</summary>
    /// <param name="catalogue">What the host can answer.</param>
    /// <param name="names">The live names the asker may see; names not handed in cannot be found by asking.</param>
    /// <param name="options">Conventions; null for the defaults.</param>
    public QuestionParser(MetricCatalogue catalogue, ShopNames names, QuestionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(names);
        _catalogue = catalogue;
        _names = names;
        _options = options ?? new();
        _lexicon = new(catalogue);
        _tagger = new(_lexicon, catalogue, names);
        _validator = new(catalogue, names);
        _words = new(catalogue);
        Vocabulary.Fill(_spelling, _lexicon, names);
    }

    /// <summary>Reads one question.</summary>
    /// <param name="question">The question as typed, in English.</param>
    /// <param name="today">The shop's own date.</param>
    /// <param name="last">The query of the question just before, so that a follow-up can change it; null for none.</param>
    /// <returns>Understood with a valid query, unclear with readings to choose from, or refused.</returns>
    public QuestionOutcome Read(string question, DateOnly today, AnalyticsQuery? last = null)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (string.IsNullOrWhiteSpace(question) || question.Length > _options.MaxLength)
            return new RefusedQuestion(RefusalReason.Length, $"A question has 1 to {_options.MaxLength} characters.");

        var calendar = new Calendar(today, _options);
        var sentence = Sentence(question, calendar);
        if (ScopeGuard.Check(sentence, last is not null) is { } refused)
            return refused;

        var slots = new SlotReader(_catalogue, calendar).Read(sentence);
        if (last is not null && FollowUp.Is(sentence, slots))
            slots = new FollowUp(_catalogue, calendar).Apply(last, sentence, slots);

        var composer = new Composer(_catalogue, _names, _validator, _words, calendar);
        return composer.Compose(sentence, slots);
    }

    private Sentence Sentence(string question, Calendar calendar)
    {
        var tokens = Tokeniser.Read(question, _options.DayFirst);
        var corrections = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind != TokenKind.Word || _spelling.Knows(token.Text) || _spelling.Knows(token.Stem) || _spelling.Correct(token.Text) is not { } meant)
                continue;

            corrections.Add($"Read '{token.Text}' as '{meant}'.");
            tokens[i] = Token.Word(meant);
        }

        var properNouns = Tokeniser.ProperNouns(question);
        return new(tokens, _tagger.Read(tokens, new TimeGrammar(calendar), properNouns), corrections) { ProperNouns = properNouns };
    }
}
