using System.Text;

namespace ChainSync.Server.Features.Identity;

/// <summary>Asks for a new password: at a terminal twice and without showing it, else as one line of the input.</summary>
/// <param name="keys">The terminal's next key; null where the input is a file or a pipe.</param>
/// <param name="input">The input that is no terminal.</param>
/// <param name="output">Where the questions go.</param>
internal sealed class PasswordPrompt(Func<ConsoleKeyInfo>? keys, TextReader input, TextWriter output)
{
    /// <summary>The process's own. Ctrl-C is a key while it asks: the terminal's signal would not end a wait for a key.</summary>
    public static PasswordPrompt OfProcess() => new(Console.IsInputRedirected ? null : ReadKey, Console.In, Console.Error);

    /// <summary>The password, or null when the two differ.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C, or <paramref name="stopping"/>.</exception>
    public async Task<string?> ReadAsync(CancellationToken stopping)
    {
        if (keys is null) return await Task.Run(input.ReadLine, stopping).WaitAsync(stopping) ?? "";
        var password = ReadHidden("Password: ", keys);
        return ReadHidden("Again: ", keys) == password ? password : null;
    }

    private string ReadHidden(string question, Func<ConsoleKeyInfo> nextKey)
    {
        output.Write(question);
        var typed = new StringBuilder();
        while (true)
        {
            var key = nextKey();
            if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) throw new OperationCanceledException();
            if (key.Key == ConsoleKey.Enter) break;
            if (key.Key != ConsoleKey.Backspace)
            {
                if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                // What is one character to a person may be two to us.
                typed.Length -= typed.Length > 1 && char.IsSurrogatePair(typed[^2], typed[^1]) ? 2 : 1;
            }
        }
        output.WriteLine();
        return typed.ToString();
    }

    private static ConsoleKeyInfo ReadKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
