using System.Globalization;

namespace ChainSync.Server.Features.Demo;

/// <summary>What the demo's shops sell. All of it is invented; the barcodes are of the range that GS1 keeps for use inside a shop.</summary>
internal static class DemoCatalogue
{
    /// <summary>The departments in the order of their tabs.</summary>
    public static readonly IReadOnlyList<DemoDepartment> Departments =
    [
        new("FRU", "Fruit & vegetables", DemoTax.Food, """
            Apples red 1 kg:249 Apples green 1 kg:269 Pears 1 kg:299 Bananas 1 kg:179 Oranges 2 kg:349 Lemons 500 g:149 Limes 4 pieces:129
            Grapes white 500 g:249 Grapes blue 500 g:269 Strawberries 400 g:349 Blueberries 250 g:299 Kiwi 6 pieces:199 Mango:179 Pineapple:249
            Avocado 2 pieces:229 Tomatoes 500 g:199 Cherry tomatoes 250 g:189 Cucumber:79 Lettuce:119 Spinach 250 g:179 Carrots 1 kg:129
            Potatoes 2 kg:249 Onions 1 kg:139 Garlic 3 bulbs:149 Mushrooms 250 g:169 Peppers mixed 3 pieces:199
            """),
        new("BAK", "Bakery", DemoTax.Food, """
            White loaf:229 Rye loaf:289 Wholegrain loaf:319 Sourdough loaf:389 Toast 500 g:149 Baguette:119 Ciabatta:159 Pretzel:79 Bread roll:39
            Poppy roll:55 Sesame roll:55 Croissant:119 Chocolate croissant:149 Cinnamon roll:189 Cheesecake slice:289 Apple cake slice:249
            Brownie:219 Muffin blueberry:199 Muffin chocolate:199 Doughnut:139 Bagel:109 Tortilla wraps 6 pieces:199 Pizza dough 400 g:179
            Crispbread 250 g:149 Rusk 225 g:129
            """),
        new("DAI", "Dairy & eggs", DemoTax.Food, """
            Milk 1.5% 1 l:109 Milk 3.5% 1 l:119 Oat drink 1 l:179 Soy drink 1 l:169 Butter 250 g:229 Margarine 500 g:189 Yoghurt plain 500 g:129
            Yoghurt strawberry 150 g:59 Yoghurt vanilla 150 g:59 Curd 250 g:109 Cream 200 g:99 Sour cream 200 g:89 Mozzarella 125 g:119
            Gouda slices 200 g:249 Cheddar 200 g:279 Feta 180 g:229 Parmesan 150 g:349 Cream cheese 200 g:159 Cottage cheese 200 g:139
            Eggs 6 pieces:199 Eggs 10 pieces:299 Rice pudding 200 g:79 Pudding chocolate 125 g:69 Kefir 500 g:119 Buttermilk 500 g:99
            """),
        new("DRI", "Drinks", DemoTax.Standard, """
            Still water 0.5 l:69 Still water 1.5 l:99 Sparkling water 0.5 l:69 Sparkling water 1 l:89 Apple juice 1 l:199 Orange juice 1 l:249
            Grape juice 1 l:229 Multivitamin juice 1 l:219 Cola 0.5 l:119 Cola 1.5 l:189 Cola zero 0.5 l:119 Lemonade 0.5 l:129 Iced tea peach 1.5 l:159
            Iced tea lemon 1.5 l:159 Tonic water 0.2 l:99 Ginger ale 0.2 l:99 Energy drink 0.25 l:139 Malt drink 0.5 l:129 Alcohol-free beer 0.5 l:119
            Filter coffee 500 g:599 Espresso beans 1 kg:1399 Green tea 20 bags:249 Peppermint tea 20 bags:199 Black tea 25 bags:229 Cocoa 250 g:279
            """),
        new("PAN", "Pantry", DemoTax.Food, """
            Spaghetti 500 g:129 Penne 500 g:129 Fusilli 500 g:129 Basmati rice 1 kg:299 Risotto rice 500 g:249 Couscous 500 g:199 Red lentils 500 g:219
            Chickpeas 400 g:109 Kidney beans 400 g:109 Sweetcorn 300 g:119 Chopped tomatoes 400 g:99 Tomato purée 200 g:89 Passata 700 g:149
            Olive oil 0.5 l:699 Sunflower oil 1 l:249 Vinegar 0.5 l:149 Flour 1 kg:99 Sugar 1 kg:129 Salt 500 g:59 Pepper 50 g:249 Paprika 50 g:199
            Honey 500 g:499 Strawberry jam 340 g:229 Peanut butter 350 g:299 Muesli 750 g:349
            """),
        new("SNA", "Snacks & sweets", DemoTax.Food, """
            Milk chocolate 100 g:129 Dark chocolate 100 g:149 Hazelnut chocolate 100 g:149 Chocolate bar 50 g:89 Gummy bears 200 g:119 Liquorice 200 g:129
            Mints 50 g:99 Chewing gum:109 Butter biscuits 200 g:159 Oat biscuits 200 g:179 Wafers 150 g:139 Gingerbread 200 g:199 Crisps salted 175 g:179
            Crisps paprika 175 g:179 Tortilla chips 200 g:189 Salted peanuts 200 g:199 Cashews 150 g:299 Almonds 200 g:349 Walnuts 200 g:379
            Raisins 200 g:169 Dried apricots 200 g:299 Popcorn 100 g:129 Rice cakes 100 g:119 Pretzel sticks 250 g:109 Granola bar 25 g:79
            """),
        new("HOU", "Household", DemoTax.Standard, """
            Washing-up liquid 500 ml:149 Laundry detergent 1 l:499 Fabric softener 1 l:249 All-purpose cleaner 1 l:199 Glass cleaner 500 ml:219
            Bathroom cleaner 750 ml:249 Descaler 250 ml:279 Dishwasher tablets 30 pieces:599 Sponges 5 pieces:129 Cloths 3 pieces:199 Kitchen roll 4 rolls:349
            Toilet paper 8 rolls:449 Tissues 100 sheets:149 Napkins 50 pieces:179 Aluminium foil 20 m:249 Cling film 30 m:199 Baking paper 20 sheets:179
            Freezer bags 40 pieces:159 Bin bags 35 l:229 Candles 6 pieces:299 Matches 3 boxes:99 Batteries AA 4 pieces:399 Batteries AAA 4 pieces:399
            Light bulb LED E27:349 Shopping bag:149
            """),
        new("CAR", "Personal care", DemoTax.Standard, """
            Shampoo 300 ml:249 Conditioner 300 ml:269 Shower gel 250 ml:189 Hand soap 300 ml:149 Bar of soap:99 Body lotion 400 ml:349 Hand cream 75 ml:229
            Face cream 50 ml:599 Lip balm:199 Sun cream SPF 30 200 ml:799 Deodorant 150 ml:249 Toothpaste 75 ml:179 Toothbrush:199 Mouthwash 500 ml:299
            Dental floss 50 m:229 Razor blades 4 pieces:699 Shaving foam 200 ml:199 Cotton pads 80 pieces:129 Cotton buds 200 pieces:109
            Plasters 20 pieces:249 Nail file:149 Hairbrush:599 Hair ties 12 pieces:199 Wet wipes 60 pieces:159 Bath salt 500 g:379
            """),
    ];

    /// <summary>A valid EAN-13: <c>20</c>, the number in the shop, and the check digit (GS1 General Specifications §7.9).</summary>
    public static string Barcode(int number)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"20{number:D10}");
        var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }
}

/// <summary>How a shop's law taxes a department.</summary>
internal enum DemoTax
{
    Standard,
    Food,
}

/// <summary>A department and its goods, named and priced in euro cents.</summary>
internal sealed class DemoDepartment(string code, string name, DemoTax tax, string goods)
{
    public string Code { get; } = code;

    public string Name { get; } = name;

    public DemoTax Tax { get; } = tax;

    /// <summary>Name and price of each; in the text a price ends an item.</summary>
    public IReadOnlyList<(string Name, long PriceMinor)> Goods { get; } = [.. Split(goods)];

    private static IEnumerable<(string Name, long PriceMinor)> Split(string goods)
    {
        var name = new List<string>();
        foreach (var word in goods.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            name.Add(colon < 0 ? word : word[..colon]);
            if (colon < 0) continue;
            yield return (string.Join(' ', name), long.Parse(word[(colon + 1)..], CultureInfo.InvariantCulture));
            name.Clear();
        }
    }
}
