namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>Sizes of the network, and where each block lies in its flat vector of weights.</summary>
/// <param name="Inputs">Numbers per past period.</param>
/// <param name="Hidden">Cells.</param>
/// <param name="Known">Numbers known in advance per coming period.</param>
/// <param name="Decoder">Units between the state and the answer.</param>
internal sealed record LstmShape(int Inputs, int Hidden, int Known, int Decoder)
{
    /// <summary>Input, forget, output gates and candidate, side by side.</summary>
    public int Gates => 4 * Hidden;

    /// <summary>[Inputs + Hidden + 1 rows][Gates]: inputs, previous state, bias.</summary>
    public int CellWeights => (Inputs + Hidden + 1) * Gates;

    /// <summary>[Hidden + Known + 1 rows][Decoder].</summary>
    public int DecoderWeights => (Hidden + Known + 1) * Decoder;

    /// <summary>Decoder units, known inputs directly, bias.</summary>
    public int OutputWeights => Decoder + Known + 1;

    public int Count => CellWeights + DecoderWeights + OutputWeights;
}
