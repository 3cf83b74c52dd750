import keras
import numpy as np
import pytest

from handwrite_gui.commands.train import RECIPE_NAMES
from handwrite_gui.recognition.learning import recipes
from handwrite_gui.recognition.learning.recipes import RECIPES, cosine, quicken
from handwrite_gui.recognition.sequences.recipe import NUMBERS


def test_command_line_names_them_all() -> None:
    assert (*RECIPES, NUMBERS.name) == RECIPE_NAMES
    assert all(recipe.name == name for name, recipe in RECIPES.items())


def test_cosine_rises_to_its_peak_and_falls_to_nothing() -> None:
    rate = cosine(0.01, warm_up=0.1)
    rates = [rate(done) for done in np.linspace(0, 1, 1001)]
    peak = int(np.argmax(rates))
    assert 0 < rates[0] < 0.001
    assert peak == pytest.approx(100, abs=2)
    assert 0.0095 < max(rates) <= 0.01
    assert (np.diff(rates[: peak + 1]) > 0).all()
    assert (np.diff(rates[peak:]) < 0).all()
    assert rates[-1] == pytest.approx(0, abs=1e-9)
    assert rate(1.2) == pytest.approx(0, abs=1e-9)


def test_every_rate_is_one_for_the_whole_training() -> None:
    for recipe in RECIPES.values():
        rates = [recipe.rate(done) for done in np.linspace(0, 1, 101)]
        assert all(0 <= rate <= 1 for rate in rates)
        assert rates[50] > 0


@pytest.mark.parametrize("name", RECIPES)
def test_learner_is_the_network_and_what_training_adds(name: str) -> None:
    recipe = RECIPES[name]
    learner, network = recipe.learner(), recipe.network()
    assert learner.input_shape == network.input_shape
    assert learner.output_shape == network.output_shape
    assert learner.get_layer("logits").output.shape[1] == (10 if name in ("paper", "mlp") else 11)


@pytest.mark.parametrize("can", [True, False])
def test_ours_learns_in_bfloat16_where_the_processor_does(
    monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    monkeypatch.setattr(recipes, "has_bfloat16", lambda: can)
    learner = RECIPES["handwrite"].learner()
    computed_in = {layer.compute_dtype for layer in learner.layers if layer.name.startswith("conv")}
    assert computed_in == {"bfloat16" if can else "float32"}
    assert learner.get_layer("logits").compute_dtype == "float32"


def test_quick_recipe_draws_nothing_and_varies_less() -> None:
    quick, whole = RECIPES["quick"], RECIPES["handwrite"]
    assert quick.network is whole.network
    assert not quick.more
    assert quick.vary is not whole.vary
    assert quick.epochs * 5 < whole.epochs


def test_expert_for_clean_digits_learns_all_that_the_whole_recipe_does() -> None:
    clean, whole = RECIPES["clean"], RECIPES["handwrite"]
    assert clean.network is whole.network
    assert clean.more
    assert clean.vary is RECIPES["quick"].vary


@pytest.mark.parametrize("name", ["handwrite", "wide"])
def test_quickened_network_answers_nearly_the_same(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(recipes, "has_bfloat16", lambda: True)
    keras.utils.set_random_seed(0)
    model = RECIPES[name].network()
    quick = quicken(model)
    images = np.random.default_rng(0).uniform(0, 1, (8, 28, 28, 1)).astype(np.float32)
    answers = quick(images).numpy()
    assert quick is not model
    assert answers.dtype == np.float32
    assert answers == pytest.approx(model(images).numpy(), abs=0.01)


def test_what_is_not_ours_is_not_quickened() -> None:
    others = RECIPES["mlp"].network(), RECIPES["wide"].network()
    others[1].name = "handwrite"  # As our own network was called when it had other layers.
    for model in others:
        assert quicken(model) is model


def test_weight_decay_spares_biases_and_normalisations() -> None:
    recipe = RECIPES["handwrite"]
    model, optimizer = recipe.learner(), recipe.optimizer()
    optimizer.build(model.trainable_variables)
    decayed = {v.name for v in model.trainable_variables if optimizer._use_weight_decay(v)}
    assert decayed == {"kernel"}


def test_textbook_recipes_are_as_they_are_published() -> None:
    paper, mlp = RECIPES["paper"], RECIPES["mlp"]
    assert (paper.epochs, paper.batch, paper.rate(0.0), paper.rate(0.9)) == (12, 128, 1.0, 1.0)
    assert type(paper.optimizer()).__name__ == "Adadelta"
    assert (mlp.epochs, mlp.batch) == (20, 128)
    assert type(mlp.optimizer()).__name__ == "RMSprop"
    for recipe in (paper, mlp):
        assert (recipe.vary, recipe.more) == (None, False)
        assert (recipe.label_smoothing, recipe.averaged_steps) == (0.0, 1)
