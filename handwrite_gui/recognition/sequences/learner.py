"""A learner of strips: as that of digits, by CTC's loss (Graves et al. 2006)."""

from __future__ import annotations

import tensorflow as tf

from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.sequences.alphabet import BLANK
from handwrite_gui.recognition.sequences.strips import PADDING


class StripLearner(Learner):
    """Learns from batches of strips (n, height, width, 1) uint8 and padded labels (n, signs)."""

    def _loss(self, images: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        logits = self._model(tf.cast(images, tf.float32) / 255.0, training=True)
        # Time first, without the one row; TensorFlow's sparse CTC is the fast one on processors.
        logits = tf.transpose(tf.cast(logits[:, 0], tf.float32), (1, 0, 2))
        steps = tf.fill((tf.shape(logits)[1],), tf.shape(logits)[0])
        places = tf.where(labels != PADDING)
        sparse = tf.SparseTensor(
            places, tf.gather_nd(labels, places), tf.shape(labels, out_type=tf.int64)
        )
        losses = tf.nn.ctc_loss(sparse, logits, None, steps, blank_index=BLANK)
        (best,), _ = tf.nn.ctc_greedy_decoder(logits, steps, blank_index=BLANK)
        wrong = tf.edit_distance(tf.cast(best, tf.int32), sparse, normalize=False)
        right = tf.reduce_mean(tf.cast(wrong == 0, tf.float32))
        return tf.reduce_mean(losses), right
