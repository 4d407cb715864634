using DepartureBoard;

if (args is ["watch", var stop, ..]) await Board.WatchAsync(new Uri("ws://localhost:5050/ws"), stop, Console.Out, CancellationToken.None);
else await Board.Create("--urls", "http://localhost:5050").RunAsync();
