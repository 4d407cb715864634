namespace ChainSync.Server.Features.Imports;

/// <summary>Why an import cannot go on, as the one sentence that a person is shown.</summary>
public sealed class ImportException(string message, Exception? innerException = null) : Exception(message, innerException);
