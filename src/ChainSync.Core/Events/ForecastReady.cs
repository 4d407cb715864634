namespace ChainSync.Core.Events;

/// <summary>A forecast was made; the figures themselves are read over HTTP.</summary>
/// <param name="Id">The forecast's id.</param>
/// <param name="ModelType">The model: <c>linear</c>, <c>arima</c>, <c>prophet</c>, <c>lstm</c> or <c>ensemble</c>.</param>
/// <param name="From">The first day it covers.</param>
/// <param name="Days">How many days.</param>
/// <param name="ProductId">The product, or null for the store as a whole.</param>
public sealed record ForecastReady(Guid Id, string ModelType, DateOnly From, int Days, Guid? ProductId = null);
